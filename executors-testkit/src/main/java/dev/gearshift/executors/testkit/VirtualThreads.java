package dev.gearshift.executors.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The virtual threads that live, which {@code Thread.getAllStackTraces} leaves out. */
final class VirtualThreads {
    private static final String DIAGNOSTICS = "com.sun.management.HotSpotDiagnosticMXBean";

    private VirtualThreads() {}

    /** Number and name of each; none before Java 21. */
    static Set<String> alive() throws IOException {
        if (Runtime.version().feature() < 21) {
            return Set.of();
        }
        Path folder = Files.createTempDirectory("threads");
        Path dump = folder.resolve("dump.txt");
        try {
            dumpTo(dump);
            try (Stream<String> lines = Files.lines(dump)) {
                return lines.filter(line -> line.startsWith("#") && line.contains("\" virtual"))
                        .map(line -> line.substring(0, line.indexOf("\" virtual") + 1))
                        .filter(thread -> !thread.contains("Poller")) // those of the JDK's sockets stay for ever
                        .collect(Collectors.toSet());
            }
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
