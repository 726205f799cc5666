package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerLostException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a worker ended.
 *
 * @param worker its name
 * @param pid its process id
 * @param exitCode its exit code; null if it does not end
 * @param problem why it was ended, or not started, from here; null if it ended by itself
 * @param hopeless whether starting another would end the same
 * @param lastLines the last lines of its stderr
 * @param fatalError the beginning of the report of its JVM, if that crashed
 */
record CrashReport(
        String worker,
        long pid,
        @Nullable Integer exitCode,
        @Nullable String problem,
        boolean hopeless,
        List<String> lastLines,
        List<String> fatalError) {
    private static final int SIGNALS_FROM = 128;
    private static final int SIGNALS_TO = 255;

    /** Of a JVM that could not begin, or crashed and was told to leave no core dump. */
    private static final int JVM_FAILED = 1;

    /** What native code gets for what it does. */
    private static final Set<Integer> FATAL = Set.of(4, 6, 7, 8, 10, 11);

    private static final int MOST_LINES = 12;
    private static final int MOST_BYTES = 8 * 1024;

    /** Those that end a process, on Linux and macOS alike, with what they usually mean. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP",
            2, "SIGINT",
            3, "SIGQUIT",
            4, "SIGILL",
            6, "SIGABRT, as by a fatal error in native code",
            8, "SIGFPE",
            9, "SIGKILL, perhaps by the system for want of memory",
            11, "SIGSEGV, an invalid access to memory in native code",
            13, "SIGPIPE",
            15, "SIGTERM");

    /** The part of the JVM's report that says what happened. */
    static List<String> fatalErrorIn(Path file) {
        // Whoever runs in the worker can write there.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.substring(1).strip())
                    .filter(line -> !line.isEmpty() && !line.startsWith("http") && !line.startsWith("If you would"))
                    .limit(MOST_LINES)
                    .toList();
        } catch (IOException e) {
            return List.of("(" + file.getFileName() + " cannot be read: " + e + ")");
        }
    }

    /** Whether its JVM itself failed: neither did anybody end it, nor did it end by itself. */
    boolean isOfTheJvm() {
        if (problem != null || exitCode == null) {
            return false;
        }
        return !fatalError.isEmpty()
                || exitCode == JVM_FAILED
                || FATAL.contains(exitCode - SIGNALS_FROM)
                || exitCode < 0 // As on Windows.
                || exitCode > SIGNALS_TO;
    }

    /** What became of that task. */
    WorkerLostException lost(Errand errand) {
        return new WorkerLostException(
                "Lost with its worker, " + errand + ": " + worker + " (pid " + pid + ") " + howItEnded() + details(),
                worker,
                pid,
                exitCode);
    }

    /** Why a task was given up that no worker has started. */
    WorkerLostException neverStarted(Errand errand) {
        return new WorkerLostException(
                "Not started, " + errand + ": worker after worker died with it before it began; the last, " + worker
                        + " (pid " + pid + "), " + howItEnded() + details(),
                worker,
                pid,
                exitCode);
    }

    /** Why it did not start. */
    String startFailure() {
        return "A worker process could not be started: "
                + (pid < 0 ? worker : worker + " (pid " + pid + ")")
                + " "
                + howItEnded()
                + details();
    }

    private String howItEnded() {
        if (problem != null) {
            return problem + ".";
        }
        if (exitCode == null) {
            return "closed its connection, and does not end.";
        }
        if (!fatalError.isEmpty()) {
            return "crashed, with exit code " + exitCode + ".";
        }
        if (exitCode > SIGNALS_FROM && SIGNALS.containsKey(exitCode - SIGNALS_FROM)) {
            return "ended with exit code " + exitCode + ": " + SIGNALS.get(exitCode - SIGNALS_FROM) + ".";
        }
        return "ended with exit code " + exitCode + ".";
    }

    private String details() {
        StringBuilder text = new StringBuilder();
        section(text, "The JVM's report of the crash:", fatalError);
        section(text, "Its last lines on stderr:", lastLines);
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title);
            lines.forEach(line -> text.append("\n  ").append(line));
        }
    }
}
