package dev.gearshift.executors.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The virtual threads that live, which {@code Thread.getAllStackTraces} leaves out. */
final class VirtualThreads {
    private static final String DIAGNOSTICS = "com.sun.management.HotSpotDiagnosticMXBean";

    /** Behind the name of each. */
    private static final String MARK = "\" virtual";

    private static final Pattern BETWEEN = Pattern.compile("\\R\\R");

    private VirtualThreads() {}

    /** Number and name of each; none before Java 21. */
    static Set<String> alive() throws IOException {
        return all().map(thread -> thread.substring(0, thread.indexOf(MARK) + 1))
                .collect(Collectors.toSet());
    }

    /** Where each of them is; nothing before Java 21. */
    static String stacks() {
        try {
            return all().collect(Collectors.joining("\n\n"));
        } catch (IOException | AssertionError e) {
            return "No virtual threads, as they cannot be listed: " + e;
        }
    }

    /** A line with number and name for each, and its stack. */
    private static Stream<String> all() throws IOException {
        if (Runtime.version().feature() < 21) {
            return Stream.empty();
        }
        Path folder = Files.createTempDirectory("threads");
        Path dump = folder.resolve("dump.txt");
        try {
            dumpTo(dump);
            return BETWEEN.splitAsStream(Files.readString(dump))
                    .filter(thread -> thread.startsWith("#") && thread.contains(MARK))
                    // Those of the JDK's sockets stay for ever.
                    .filter(thread -> !thread.substring(0, thread.indexOf(MARK)).contains("Poller"));
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an enum that is known by its name only
    private static void dumpTo(Path dump) {
        try {
            Class<? extends PlatformManagedObject> bean =
                    Class.forName(DIAGNOSTICS).asSubclass(PlatformManagedObject.class);
            Class<? extends Enum> format =
                    Class.forName(DIAGNOSTICS + "$ThreadDumpFormat").asSubclass(Enum.class);
            Method dumpThreads = bean.getMethod("dumpThreads", String.class, format);
            dumpThreads.invoke(
                    ManagementFactory.getPlatformMXBean(bean), dump.toString(), Enum.valueOf(format, "TEXT_PLAIN"));
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError("This JVM does not tell its virtual threads.", e);
        } catch (InvocationTargetException e) {
            throw new AssertionError("The virtual threads cannot be listed.", e.getCause());
        }
    }
}
