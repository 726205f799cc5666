package dev.gearshift.executors.processes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker prints, line by line: forwarded as it is, byte by byte, with the worker's name in front, and the last
 * lines kept.
 */
final class WorkerOutput {
    private static final System.Logger LOG = System.getLogger(WorkerOutput.class.getName());
    private static final int MOST_LINES = 20;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int LONGEST_KEPT = 500;

    private final InputStream in;
    private @Nullable PrintStream to;
    private final byte[] prefix;
    private final Thread thread;

    /** Guarded by itself. */
    private final ArrayDeque<String> last = new ArrayDeque<>();

    /** Nothing is forwarded without a {@code to}. */
    WorkerOutput(String worker, String stream, InputStream in, @Nullable PrintStream to) {
        this.in = in;
        this.to = to;
        this.prefix = ("[" + worker + "] ").getBytes(Charset.defaultCharset());
        thread = new Thread(null, this::read, worker + "-" + stream, 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    /** The latest lines, oldest first. */
    List<String> last() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    void awaitEnd(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
    }

    private void read() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[4 * 1024];
        try (in) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n' || line.size() == LONGEST_LINE) {
                        end(line);
                    }
                    if (buffer[i] != '\n') {
                        line.write(buffer[i]);
                    }
                }
            }
        } catch (IOException e) {
            // The process is gone, and its pipe with it.
        }
        if (line.size() > 0) {
            end(line);
        }
    }

    private void end(ByteArrayOutputStream line) {
        synchronized (last) {
            if (last.size() == MOST_LINES) {
                last.poll();
            }
            String text = line.toString(Charset.defaultCharset()).stripTrailing();
            last.add(text.substring(0, Math.min(text.length(), LONGEST_KEPT)));
        }
        if (to != null) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(prefix);
            whole.writeBytes(line.toByteArray());
            whole.write('\n');
            try {
                to.write(whole.toByteArray(), 0, whole.size());
                to.flush();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "What workers print can not be forwarded any more", e);
                to = null; // The worker must not wait for somebody who reads.
            }
        }
        line.reset();
    }
}
