package dev.gearshift.executors.processes;

import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames that are to be written, and the one thread that writes them: nobody else waits for the socket, and nobody's
 * interrupt closes it. What is there together leaves together.
 */
final class Outbox {
    private final FrameChannel channel;
    private final Consumer<Throwable> onFailure;
    private final LinkedBlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** A frame; no kind for the end of all. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Letter(@Nullable FrameKind kind, byte[][] parts) {}

    Outbox(String name, FrameChannel channel, Consumer<Throwable> onFailure) {
        this.channel = channel;
        this.onFailure = onFailure;
        thread = new Thread(null, this::write, name, 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Puts a frame behind the others. */
    void send(FrameKind kind, byte[]... parts) {
        letters.add(new Letter(kind, parts));
    }

    /** How many wait. */
    int waiting() {
        return letters.size();
    }

    /** What is there is written, and the thread ends. */
    void end() {
        letters.add(new Letter(null, new byte[0][]));
    }

    void awaitEnd(long millis) throws InterruptedException {
        if (thread.isAlive()) {
            thread.join(Math.max(1, millis));
        }
    }

    private void write() {
        try {
            while (true) {
                Letter letter = take();
                if (letter.kind() == null) {
                    channel.flush();
                    return;
                }
                channel.write(letter.kind(), letter.parts());
            }
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }

    private Letter take() throws IOException {
        Letter letter = letters.poll();
        if (letter == null) {
            channel.flush();
        }
        while (letter == null) {
            try {
                letter = letters.take();
            } catch (InterruptedException e) {
                continue; // Nobody has a reason to.
            }
        }
        return letter;
    }
}
