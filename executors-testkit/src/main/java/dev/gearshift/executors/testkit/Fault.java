package dev.gearshift.executors.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** How something goes wrong. */
public enum Fault {
    /** It throws an {@link IllegalStateException}. */
    ERROR,
    /** It ends the JVM as if all were well. */
    EXIT,
    /** It ends the JVM at once. */
    HALT,
    /** The JVM is killed from outside. */
    KILL,
    /** Native code touches memory that is not there. */
    SEGFAULT;

    /** Goes wrong. */
    void strike() {
        switch (this) {
            case ERROR -> throw new IllegalStateException("struck");
            case EXIT -> System.exit(0);
            case HALT -> Runtime.getRuntime().halt(23);
            case KILL -> {
                kill(ProcessHandle.current().pid());
                awaitTheEnd();
            }
            case SEGFAULT -> segfault();
        }
    }

    static void kill(long pid) {
        try {
            new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitTheEnd() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** By reflection, as no other class may know that one. */
    private static void segfault() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Method put = type.getMethod("putAddress", long.class, long.class);
            put.invoke(instance.get(null), 0L, 0L);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("This JVM has no way to crash.", e);
        }
    }
}
