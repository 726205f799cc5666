package dev.gearshift.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * How far a long piece of work is, on standard error: a bar that redraws itself on a terminal, a plain line now and
 * then elsewhere. Safe for use by several threads.
 */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter err;
    private final boolean terminal;
    private final String what;
    private final long total;
    private final long started = System.nanoTime();
    private long shown;
    private boolean drawn;
    private long done;
    private long bytes;
    private long underWay;
    private long failed;

    /**
     * Starts with nothing done.
     *
     * @param total how much there is, or -1 if that is not known yet
     */
    Progress(PrintWriter err, String what, long total) {
        this.err = err;
        this.terminal = onTerminal();
        this.what = what;
        this.total = total;
        if (terminal) {
            draw();
        } else {
            err.println(what + (total < 0 ? "" : ": " + total));
            err.flush();
        }
        shown = started;
    }

    /** One more is done. */
    synchronized void one(long itsBytes, boolean success) {
        done++;
        bytes += itsBytes;
        underWay = 0;
        failed += success ? 0 : 1;
        show();
    }

    /** That many are done in all. */
    synchronized void at(long nowDone) {
        done = nowDone;
        show();
    }

    /** So many bytes have come of the one that is under way. */
    synchronized void partAt(long itsBytes) {
        underWay = itsBytes;
        show();
    }

    private void show() {
        long now = System.nanoTime();
        if (now - shown >= (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            shown = now;
            if (terminal) {
                draw();
            } else {
                err.println(what + ": " + state());
                err.flush();
            }
        }
    }

    private void draw() {
        int filled = total <= 0 ? 0 : (int) Math.min(WIDTH, WIDTH * done / total);
        String bar = total <= 0 ? "" : "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] ";
        err.print("\r\u001b[K" + what + " " + bar + state());
        err.flush();
        drawn = true;
    }

    private String state() {
        double seconds = (System.nanoTime() - started) / 1e9;
        String text = total < 0 ? Long.toString(done) : done + "/" + total;
        if (bytes + underWay > 0) {
            text += String.format(", %.1f MB", (bytes + underWay) / 1e6);
        }
        text += String.format(", %.0f s", seconds);
        return failed == 0 ? text : text + ", " + failed + " failed";
    }

    /** Takes the bar away. */
    @Override
    public synchronized void close() {
        if (drawn) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    /** Since Java 22 there is a console without a terminal too; it can be asked. */
    private static boolean onTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
