package dev.gearshift.executors.processes;

import dev.gearshift.executors.SystemSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a pool of processes can be told beyond what every strategy can. What is set in code wins over the system property,
 * that over the environment variable, and that over the default. The properties are named like the accessors: {@code
 * gearshift.processes.killGrace=1s}, or {@code GEARSHIFT_PROCESSES_KILL_GRACE=1s}. Immutable.
 */
public final class ProcessSettings {
    private static final String PREFIX = "gearshift.processes.";
    private static final int MOST_PREFETCHED = StartBoard.SLOTS - 1;

    private final Values values;

    /** Written before anybody else sees them, and not after. */
    private static final class Values implements Cloneable {
        Path java = Path.of("");
        List<String> jvmFlags = List.of();
        String initializer = "";

        @Nullable
        Path classCache;

        Duration startTimeout = Duration.ofMinutes(1);
        Duration killGrace = Duration.ofMillis(250);
        Duration exitGrace = Duration.ofSeconds(5);
        Output output = Output.FORWARD;
        int crashLimit = 100;
        Duration crashWindow = Duration.ofMinutes(1);
        int quarantineAfter = 3;
        int prefetch = 127;
        int spares;
        Duration idleTimeout = Duration.ofMinutes(1);
        int maxTasks;
        Duration maxAge = Duration.ZERO;
        long maxMemory;
        long maxHeap;
        long memoryBudget;

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e); // It is cloneable.
            }
        }
    }

    /** What becomes of what workers print. */
    public enum Output {
        /** Goes to this JVM's {@code System.out} and {@code System.err}, line by line, the worker's name in front. */
        FORWARD,
        /** Is dropped; only the last lines are kept, for the report of a crash. */
        DISCARD
    }

    private ProcessSettings(Values values) {
        this.values = values;
    }

    /**
     * What the system properties and the environment say.
     *
     * @throws IllegalArgumentException if one of them is malformed; the message names it
     */
    public static ProcessSettings defaults() {
        Values read = new Values();
        read.java = read("java", "a path", Path::of, javaOfThisJvm());
        read.jvmFlags = read("jvmFlags", "flags", text -> List.of(text.split("\\s+")), List.of());
        read.initializer = read("initializer", "the name of a class", text -> text, "");
        read.classCache = read("classCache", "a folder, or off", ProcessSettings::folder, ClassCache.usualFolder())
                .orElse(null);
        read.startTimeout = read("startTimeout", Duration.ofNanos(1), read.startTimeout);
        read.killGrace = read("killGrace", Duration.ZERO, read.killGrace);
        read.exitGrace = read("exitGrace", Duration.ZERO, read.exitGrace);
        read.output = read(
                "output", "forward or discard", text -> Output.valueOf(text.toUpperCase(Locale.ROOT)), read.output);
        read.crashLimit = read("crashLimit", Integer.MAX_VALUE, read.crashLimit);
        read.crashWindow = read("crashWindow", Duration.ofNanos(1), read.crashWindow);
        read.quarantineAfter = read("quarantineAfter", Integer.MAX_VALUE, read.quarantineAfter);
        read.prefetch = read("prefetch", MOST_PREFETCHED, read.prefetch);
        read.spares = read("spares", Integer.MAX_VALUE, read.spares);
        read.idleTimeout = read("idleTimeout", Duration.ZERO, read.idleTimeout);
        read.maxTasks = read("maxTasks", Integer.MAX_VALUE, read.maxTasks);
        read.maxAge = read("maxAge", Duration.ZERO, read.maxAge);
        read.maxMemory = readBytes("maxMemory");
        read.maxHeap = readBytes("maxHeap");
        read.memoryBudget = readBytes("memoryBudget");
        return new ProcessSettings(read);
    }

    // How workers are started.

    /** The {@code java} to run; by default the one that runs this JVM. */
    public Path java() {
        return values.java;
    }

    /** The same with another {@code java}. */
    public ProcessSettings withJava(Path java) {
        return with(values -> values.java = java);
    }

    /**
     * Flags for the workers, after those that they inherit and those of the pool, so that they win; none by default. In a
     * property or variable they are separated by blanks.
     */
    public List<String> jvmFlags() {
        return values.jvmFlags;
    }

    /** The same with these flags for the workers. */
    public ProcessSettings withJvmFlags(String... flags) {
        return with(values -> values.jvmFlags = List.of(flags));
    }

    /**
     * The name of a class that each worker makes an instance of and runs, once, before it takes tasks; empty for none, as
     * by default. It is a {@link Runnable} with a constructor without parameters. If it fails, the worker does not start,
     * and those who wait hear of it.
     */
    public String initializer() {
        return values.initializer;
    }

    /** The same with another class to run in each worker. */
    public ProcessSettings withInitializer(Class<? extends Runnable> initializer) {
        return with(values -> values.initializer = initializer.getName());
    }

    /**
     * A folder for files of classes that are loaded and linked already, which make workers start in half the time: made
     * when a pool has been open for a while, and used by all that have the same Java, flags and class path. By default a
     * folder of the user's own for such things; null for none ({@code off} in a property).
     */
    public @Nullable Path classCache() {
        return values.classCache;
    }

    /** The same with another folder, or null for none. */
    public ProcessSettings withClassCache(@Nullable Path folder) {
        return with(values -> values.classCache = folder);
    }

    /** How long a worker may take to start; a minute by default, as a loaded machine can be that slow. */
    public Duration startTimeout() {
        return values.startTimeout;
    }

    /** The same with another limit for starting; positive. */
    public ProcessSettings withStartTimeout(Duration startTimeout) {
        return with(values -> values.startTimeout = checked("startTimeout", startTimeout, Duration.ofNanos(1)));
    }

    /** What becomes of what workers print; {@link Output#FORWARD} by default. */
    public Output output() {
        return values.output;
    }

    /** The same with the output going elsewhere. */
    public ProcessSettings withOutput(Output output) {
        return with(values -> values.output = output);
    }

    // How tasks are stopped.

    /**
     * How long a task that was cancelled or timed out may take to end by itself before its process is killed; 250 ms by
     * default, enough to close files, and short enough that a hard limit is one.
     */
    public Duration killGrace() {
        return values.killGrace;
    }

    /** The same with another grace before the kill; 0 or more. */
    public ProcessSettings withKillGrace(Duration killGrace) {
        return with(values -> values.killGrace = checked("killGrace", killGrace, Duration.ZERO));
    }

    /**
     * How long a worker may take to leave when the pool is closed, or has no more use for it: to close its resources and
     * run shutdown hooks; 5 s by default.
     */
    public Duration exitGrace() {
        return values.exitGrace;
    }

    /** The same with another grace for leaving; 0 or more. */
    public ProcessSettings withExitGrace(Duration exitGrace) {
        return with(values -> values.exitGrace = checked("exitGrace", exitGrace, Duration.ZERO));
    }

    // What is done about crashes.

    /**
     * How many workers may crash within {@link #crashWindow} before the pool gives up what waits, with a {@link
     * CrashLimitException}: else a pool whose every worker dies would start processes for ever. 0 for no limit; by default
     * 100.
     */
    public int crashLimit() {
        return values.crashLimit;
    }

    /** See {@link #crashLimit}; one minute by default. */
    public Duration crashWindow() {
        return values.crashWindow;
    }

    /** The same with another limit of crashes, 0 for none, within a positive time. */
    public ProcessSettings withCrashLimit(int crashLimit, Duration crashWindow) {
        return with(values -> {
            values.crashLimit = checked("crashLimit", crashLimit, Integer.MAX_VALUE);
            values.crashWindow = checked("crashWindow", crashWindow, Duration.ofNanos(1));
        });
    }

    /**
     * A task whose workers have crashed that often is not run again, with a {@link QuarantineException}; 0 for never. 3 by
     * default: one crash may be bad luck, three are not.
     */
    public int quarantineAfter() {
        return values.quarantineAfter;
    }

    /** The same, giving up a task after that many crashes; 0 for never. */
    public ProcessSettings withQuarantineAfter(int quarantineAfter) {
        return with(values -> values.quarantineAfter = checked("quarantineAfter", quarantineAfter, Integer.MAX_VALUE));
    }

    // How many workers there are, and what they are given.

    /**
     * How many tasks may wait in a worker behind the one that it runs, from 0 to 255, so that a short task does not cost a
     * round trip; what waits behind a task that takes long goes to the next worker that is idle. As many as half a
     * millisecond is expected to be enough for, 127 at most, by default. 0 if what runs in a worker may be hostile: it
     * could answer for those that wait there, too.
     */
    public int prefetch() {
        return values.prefetch;
    }

    /** The same with at most that many tasks ahead in a worker, 0 to 255; 0 for none. */
    public ProcessSettings withPrefetch(int prefetch) {
        return with(values -> values.prefetch = checked("prefetch", prefetch, MOST_PREFETCHED));
    }

    /**
     * How many workers are kept ready beyond those that have a task, the parallelism notwithstanding: so that neither the
     * first task nor one after a crash waits for a start. 0 by default: a process that nobody needs costs memory.
     */
    public int spares() {
        return values.spares;
    }

    /** The same with that many workers more than are needed; 0 or more. */
    public ProcessSettings withSpares(int spares) {
        return with(values -> values.spares = checked("spares", spares, Integer.MAX_VALUE));
    }

    /**
     * How long a worker may have nothing to do before it is let go, spares excepted; a minute by default, as starting
     * another is cheaper than the memory. 0 for ever.
     */
    public Duration idleTimeout() {
        return values.idleTimeout;
    }

    /** The same with another time for idling, or 0 for ever. */
    public ProcessSettings withIdleTimeout(Duration idleTimeout) {
        return with(values -> values.idleTimeout = checked("idleTimeout", idleTimeout, Duration.ZERO));
    }

    // When a worker is replaced by another, between two tasks.

    /** After how many tasks; 0 for never, as by default. For tasks that leave something behind. */
    public int maxTasks() {
        return values.maxTasks;
    }

    /** The same with another number of tasks for each worker, or 0 for any. */
    public ProcessSettings withMaxTasks(int maxTasks) {
        return with(values -> values.maxTasks = checked("maxTasks", maxTasks, Integer.MAX_VALUE));
    }

    /** After what time; 0 for never, as by default. */
    public Duration maxAge() {
        return values.maxAge;
    }

    /** The same with another age for each worker, or 0 for any. */
    public ProcessSettings withMaxAge(Duration maxAge) {
        return with(values -> values.maxAge = checked("maxAge", maxAge, Duration.ZERO));
    }

    /**
     * When its process has more than that many bytes in memory (RSS, on Linux); 0 for never, as by default. For what leaks
     * outside the heap.
     */
    public long maxMemory() {
        return values.maxMemory;
    }

    /** The same with another bound for the memory of each process, in bytes, or 0 for none. */
    public ProcessSettings withMaxMemory(long bytes) {
        return with(values -> values.maxMemory = checked("maxMemory", bytes));
    }

    /**
     * When more than that many bytes of its heap were still in use after the latest garbage collection; 0 for never, as by
     * default. For what leaks in the heap; its size is set by {@code -Xmx} in {@link #jvmFlags}.
     */
    public long maxHeap() {
        return values.maxHeap;
    }

    /** The same with another bound for the heap in use, in bytes, or 0 for none. */
    public ProcessSettings withMaxHeap(long bytes) {
        return with(values -> values.maxHeap = checked("maxHeap", bytes));
    }

    /**
     * How many bytes all workers together may have in memory (RSS, on Linux). When there are more, idle ones are let go,
     * and others when their task has ended; no other is started meanwhile, but for the first. 0 for no budget, as by
     * default.
     */
    public long memoryBudget() {
        return values.memoryBudget;
    }

    /** The same with another budget for all workers together, in bytes, or 0 for none. */
    public ProcessSettings withMemoryBudget(long bytes) {
        return with(values -> values.memoryBudget = checked("memoryBudget", bytes));
    }

    private ProcessSettings with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new ProcessSettings(copy);
    }

    // Reading and checking.

    private static Path javaOfThisJvm() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path onWindows = bin.resolve("java.exe");
        return Files.exists(onWindows) ? onWindows : bin.resolve("java");
    }

    private static Optional<Path> folder(String text) {
        return text.equalsIgnoreCase("off") ? Optional.empty() : Optional.of(Path.of(text));
    }

    private static Duration read(String name, Duration least, Duration otherwise) {
        return SystemSettings.read(PREFIX + name)
                .map(setting -> checked(setting.from(), setting.duration(), least))
                .orElse(otherwise);
    }

    private static int read(String name, int most, int otherwise) {
        String what = most == Integer.MAX_VALUE ? "a whole number, 0 or more" : "a whole number from 0 to " + most;
        return read(name, what, text -> checked(name, Integer.parseInt(text), most), otherwise);
    }

    private static long readBytes(String name) {
        return SystemSettings.read(PREFIX + name)
                .map(setting -> checked(setting.from(), setting.bytes()))
                .orElse(0L);
    }

    private static <T> T read(String name, String what, Function<String, T> read, T otherwise) {
        return SystemSettings.read(PREFIX + name)
                .map(setting -> setting.as(what, read))
                .orElse(otherwise);
    }

    private static Duration checked(String name, Duration duration, Duration least) {
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " must " + (least.isZero() ? "not be negative" : "be positive")
                    + ", but is " + duration + ".");
        }
        return duration;
    }

    private static int checked(String name, int number, int most) {
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(name + " must be "
                    + (most == Integer.MAX_VALUE ? "0 or more" : "from 0 to " + most) + ", but is " + number + ".");
        }
        return number;
    }

    private static long checked(String name, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(name + " must be 0 or more, but is " + bytes + ".");
        }
        return bytes;
    }
}
