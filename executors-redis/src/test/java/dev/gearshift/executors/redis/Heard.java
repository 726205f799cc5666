package dev.gearshift.executors.redis;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that Gearshift logs in this JVM, while it is open, and what a test adds. */
final class Heard extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.gearshift");
    private final Level before = logger.getLevel();
    private final StringBuffer all = new StringBuffer();

    Heard() {
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord message) {
        all.append(new SimpleFormatter().format(message));
    }

    void said(Object something) {
        all.append(something);
    }

    void thrown(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        all.append(text);
    }

    @Override
    public String toString() {
        return all.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
    }
}
