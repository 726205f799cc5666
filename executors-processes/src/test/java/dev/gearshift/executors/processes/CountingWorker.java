package dev.gearshift.executors.processes;

import dev.gearshift.executors.processes.FrameChannel.Frame;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker whose tasks take as long as it says. One of them is not answered before it has seen how many it is sent behind
 * that: until none comes for a while. Their number is the result of that one; all others have 0.
 */
final class CountingWorker {
    private CountingWorker() {}

    /** How many nanoseconds its tasks take, the number of the task that waits, then what the pool gives to a worker. */
    public static void main(String[] arguments) throws Exception {
        long nanos = Long.parseLong(arguments[0]);
        long counting = Long.parseLong(arguments[1]);
        byte[] token = new byte[FrameKind.TOKEN_BYTES];
        new DataInputStream(new FileInputStream(FileDescriptor.in)).readFully(token);
        FrameChannel talk = EvilWorker.call(arguments[3], token, FrameKind.TALK);
        StartBoard board = StartBoard.open(Path.of(arguments[4]));
        FrameChannel tasks = EvilWorker.call(arguments[3], token, FrameKind.TASKS);
        BlockingQueue<Long> sent = new LinkedBlockingQueue<>();
        startToRead(tasks, sent);
        Queue<Long> behind = new ArrayDeque<>();
        while (true) {
            Long ahead = behind.poll();
            long seq = ahead == null ? sent.take() : ahead;
            board.claim(seq);
            if (seq == counting) {
                for (Long next = nextOf(sent); next != null; next = nextOf(sent)) {
                    behind.add(next);
                }
            }
            talk.write(
                    FrameKind.DONE,
                    EvilWorker.eight(seq),
                    EvilWorker.eight(nanos),
                    new byte[1],
                    EvilWorker.number(seq == counting ? behind.size() : 0));
            talk.flush();
        }
    }

    /** Null if none comes for a while. */
    private static @Nullable Long nextOf(BlockingQueue<Long> sent) throws InterruptedException {
        return sent.poll(500, TimeUnit.MILLISECONDS);
    }

    private static void startToRead(FrameChannel tasks, BlockingQueue<Long> sent) {
        Thread reader = new Thread(() -> {
            try {
                for (Frame frame = tasks.read(); frame.kind() != FrameKind.END; frame = tasks.read()) {
                    if (frame.kind() == FrameKind.TASK) {
                        sent.add(frame.body().getLong());
                    }
                }
            } catch (IOException e) {
                // The pool has hung up.
            }
            Runtime.getRuntime().halt(0);
        });
        reader.setDaemon(true);
        reader.start();
    }
}
