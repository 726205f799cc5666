package dev.gearshift.executors.processes;

import dev.gearshift.executors.SystemSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a pool of processes can be told beyond what every strategy can. What is set in code wins over the system property,
 * that over the environment variable, and that over the default. The properties are named like the components: {@code
 * gearshift.processes.killGrace=1s}, or {@code GEARSHIFT_PROCESSES_KILL_GRACE=1s}.
 *
 * @param java the {@code java} to run; by default the one that runs this JVM
 * @param jvmFlags flags for the workers, after those that they inherit and those of the pool, so that they win; none by
 *     default. In a property or variable they are separated by blanks
 * @param startTimeout how long a worker may take to start; a minute by default, as a loaded machine can be that slow
 * @param killGrace how long a task that was cancelled or timed out may take to end by itself before its process is
 *     killed; 250 ms by default, enough to close files, and short enough that a hard limit is one
 * @param exitGrace how long a worker may take to leave when the pool is closed: to close its resources and run shutdown
 *     hooks; 5 s by default
 * @param output what becomes of what workers print; {@link Output#FORWARD} by default
 * @param crashLimit how many workers may crash within {@code crashWindow} before the pool gives up what waits, with a
 *     {@link CrashLimitException}: else a pool whose every worker dies would start processes for ever. 0 for no limit; by
 *     default 100
 * @param crashWindow see {@code crashLimit}; one minute by default
 * @param quarantineAfter a task whose workers have crashed that often is not run again, with a {@link
 *     QuarantineException}; 0 for never. 3 by default: one crash may be bad luck, three are not
 * @param prefetch how many tasks may wait in a worker behind the one that it runs, from 0 to 255, so that a short task
 *     does not cost a round trip; what waits behind a task that takes long goes to the next worker that is idle. As many
 *     as half a millisecond is expected to be enough for, 127 at most, by default. 0 if what runs in a worker may be
 *     hostile: it could answer for those that wait there, too
 */
public record ProcessSettings(
        Path java,
        List<String> jvmFlags,
        Duration startTimeout,
        Duration killGrace,
        Duration exitGrace,
        Output output,
        int crashLimit,
        Duration crashWindow,
        int quarantineAfter,
        int prefetch) {
    private static final int MOST_PREFETCHED = StartBoard.SLOTS - 1;
    private static final String PREFIX = "gearshift.processes.";

    /** What becomes of what workers print. */
    public enum Output {
        /** Goes to this JVM's {@code System.out} and {@code System.err}, line by line, the worker's name in front. */
        FORWARD,
        /** Is dropped; only the last lines are kept, for the report of a crash. */
        DISCARD
    }

    /** Checks the ranges. */
    public ProcessSettings {
        jvmFlags = List.copyOf(jvmFlags);
        positive("startTimeout", startTimeout);
        notNegative("killGrace", killGrace);
        notNegative("exitGrace", exitGrace);
        positive("crashWindow", crashWindow);
        checkPrefetch(prefetch);
        if (crashLimit < 0 || quarantineAfter < 0) {
            throw new IllegalArgumentException("crashLimit and quarantineAfter must be 0 or more, but are " + crashLimit
                    + " and " + quarantineAfter + ".");
        }
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, but is " + duration + ".");
        }
    }

    private static void notNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + duration + ".");
        }
    }

    /**
     * What the system properties and the environment say.
     *
     * @throws IllegalArgumentException if one of them is malformed; the message names it
     */
    public static ProcessSettings defaults() {
        return new ProcessSettings(
                read("java", "a path", Path::of, javaOfThisJvm()),
                read("jvmFlags", "flags", text -> List.of(text.split("\\s+")), List.of()),
                duration("startTimeout", Duration.ofMinutes(1)),
                duration("killGrace", Duration.ofMillis(250)),
                duration("exitGrace", Duration.ofSeconds(5)),
                read(
                        "output",
                        "forward or discard",
                        text -> Output.valueOf(text.toUpperCase(Locale.ROOT)),
                        Output.FORWARD),
                count("crashLimit", 100),
                duration("crashWindow", Duration.ofMinutes(1)),
                count("quarantineAfter", 3),
                read("prefetch", "a whole number from 0 to " + MOST_PREFETCHED, ProcessSettings::parsePrefetch, 127));
    }

    private static Path javaOfThisJvm() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path onWindows = bin.resolve("java.exe");
        return Files.exists(onWindows) ? onWindows : bin.resolve("java");
    }

    private static Duration duration(String name, Duration otherwise) {
        return read(name, "a duration such as 250ms or 1.5s", ProcessSettings::parse, otherwise);
    }

    private static Duration parse(String text) {
        String plain = text.replace(" ", "").toLowerCase(Locale.ROOT);
        return plain.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(plain.substring(0, plain.length() - 2)))
                : Duration.parse("PT" + plain);
    }

    private static int count(String name, int otherwise) {
        return read(name, "a whole number, 0 or more", ProcessSettings::parseCount, otherwise);
    }

    private static int parsePrefetch(String text) {
        return checkPrefetch(Integer.parseInt(text));
    }

    private static int checkPrefetch(int prefetch) {
        if (prefetch < 0 || prefetch > MOST_PREFETCHED) {
            throw new IllegalArgumentException(
                    "prefetch must be from 0 to " + MOST_PREFETCHED + ", but is " + prefetch + ".");
        }
        return prefetch;
    }

    private static int parseCount(String text) {
        int count = Integer.parseInt(text);
        if (count < 0) {
            throw new IllegalArgumentException(text);
        }
        return count;
    }

    private static <T> T read(String name, String what, Function<String, T> read, T otherwise) {
        return SystemSettings.read(PREFIX + name)
                .map(setting -> setting.as(what, read))
                .orElse(otherwise);
    }

    /** The same with another {@code java}. */
    public ProcessSettings withJava(Path java) {
        return new ProcessSettings(
                java,
                jvmFlags,
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }

    /** The same with these flags for the workers. */
    public ProcessSettings withJvmFlags(String... flags) {
        return new ProcessSettings(
                java,
                List.of(flags),
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }

    /** The same with another limit for starting. */
    public ProcessSettings withStartTimeout(Duration startTimeout) {
        return new ProcessSettings(
                java,
                jvmFlags,
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }

    /** The same with another grace before the kill. */
    public ProcessSettings withKillGrace(Duration killGrace) {
        return new ProcessSettings(
                java,
                jvmFlags,
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }

    /** The same with another grace for leaving. */
    public ProcessSettings withExitGrace(Duration exitGrace) {
        return new ProcessSettings(
                java,
                jvmFlags,
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }

    /** The same with the output going elsewhere. */
    public ProcessSettings withOutput(Output output) {
        return new ProcessSettings(
                java,
                jvmFlags,
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }

    /** The same with another limit of crashes; 0 for none. */
    public ProcessSettings withCrashLimit(int crashLimit, Duration crashWindow) {
        return new ProcessSettings(
                java,
                jvmFlags,
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }

    /** The same, giving up a task after that many crashes; 0 for never. */
    public ProcessSettings withQuarantineAfter(int quarantineAfter) {
        return new ProcessSettings(
                java,
                jvmFlags,
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }

    /** The same with at most that many tasks ahead in a worker; 0 for none. */
    public ProcessSettings withPrefetch(int prefetch) {
        return new ProcessSettings(
                java,
                jvmFlags,
                startTimeout,
                killGrace,
                exitGrace,
                output,
                crashLimit,
                crashWindow,
                quarantineAfter,
                prefetch);
    }
}
