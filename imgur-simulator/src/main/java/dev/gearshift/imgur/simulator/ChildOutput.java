package dev.gearshift.imgur.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a child writes: {@code PREPARED n/total} lines, one {@code READY <uri>} line, and perhaps, in between, why it
 * cannot. Read to its end by a thread of its own, so that the child never waits for a reader.
 */
final class ChildOutput {

    private static final String PREPARED = "PREPARED ";
    private static final String READY = "READY ";
    private static final String ENDED = "";
    private static final int WORDS_KEPT = 20;
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
    private final Deque<String> words = new ArrayDeque<>();
    private final Thread reader;

    ChildOutput(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "imgur-simulator-output");
        reader.setDaemon(true);
        reader.start();
    }

    URI awaitReady(IntConsumer prepared) {
        while (true) {
            String signal = next();
            if (signal == null) {
                throw failure("made no progress for " + PATIENCE_SECONDS + " seconds");
            }
            if (signal.equals(ENDED)) {
                throw failure("ended before it served" + exitCode());
            }
            if (signal.startsWith(READY)) {
                return URI.create(signal.substring(READY.length()));
            }
            prepared.accept(Integer.parseInt(signal.substring(PREPARED.length(), signal.indexOf('/'))));
        }
    }

    void join(long millis) throws InterruptedException {
        reader.join(millis);
    }

    private @Nullable String next() {
        try {
            return signals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the simulator's process was starting.", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY) || line.startsWith(PREPARED)) {
                    signals.add(line);
                } else {
                    keep(line);
                }
            }
        } catch (IOException e) {
            keep("its output broke off: " + e.getMessage());
        } finally {
            signals.add(ENDED);
        }
    }

    private synchronized void keep(String line) {
        words.add(line);
        if (words.size() > WORDS_KEPT) {
            words.remove();
        }
    }

    private String exitCode() {
        try {
            return process.waitFor(1, TimeUnit.SECONDS) ? " (exit code " + process.exitValue() + ")" : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private synchronized IllegalStateException failure(String what) {
        String said = words.isEmpty() ? "It said nothing." : "It said: " + String.join(System.lineSeparator(), words);
        return new IllegalStateException("The simulator's process " + what + ". " + said);
    }
}
