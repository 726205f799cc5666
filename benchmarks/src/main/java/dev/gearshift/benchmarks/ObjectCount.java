package dev.gearshift.benchmarks;

import dev.gearshift.benchmarks.comparison.JavaCommand;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The objects that a no-op task costs on the calling thread, by class. JMH counts bytes; here a JVM whose collector frees
 * nothing counts what lies in its heap before and after many warm tasks.
 */
final class ObjectCount {
    private static final int WARM = 2_000_000;
    private static final int COUNTED = 1_000_000;

    /** A line of {@code GC.class_histogram}: rank, instances, bytes, name. */
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    private ObjectCount() {}

    /** What one task makes through the bare executor and through the contract: as Markdown. */
    static String markdown() throws Exception {
        return "| one task on the calling thread | objects |\n|---|---|\n| bare `ExecutorService` | " + one("bare")
                + " |\n| the contract over the same | " + one("contract") + " |\n";
    }

    private static String one(String side) throws Exception {
        List<String> flags =
                List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xlog:disable", "-Xms2g", "-Xmx2g");
        Process process = new ProcessBuilder(JavaCommand.of(ObjectCount.class, flags, List.of(side)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The JVM that counts objects ended with " + process.exitValue() + ".");
        }
        return said;
    }

    /** Counts and prints; run in a JVM of its own. */
    public static void main(String[] side) throws Exception {
        SubmitCost cost = new SubmitCost();
        cost.setUp();
        run(cost, side[0], WARM);
        Map<String, Long> before = histogram();
        run(cost, side[0], COUNTED);
        Map<String, Long> after = histogram();
        cost.tearDown();
        StringBuilder classes = new StringBuilder();
        long objects = 0;
        for (Map.Entry<String, Long> entry : after.entrySet()) {
            long each = Math.round((double) (entry.getValue() - before.getOrDefault(entry.getKey(), 0L)) / COUNTED);
            if (each > 0) {
                objects += each;
                String name = entry.getKey();
                classes.append(classes.isEmpty() ? "" : ", ")
                        .append(each > 1 ? each + " " : "")
                        .append('`')
                        .append(name.substring(name.lastIndexOf('.') + 1))
                        .append('`');
            }
        }
        System.out.println(objects + ": " + classes);
    }

    private static void run(SubmitCost cost, String side, int times) throws Exception {
        int sum = 0;
        for (int i = 0; i < times; i++) {
            sum += side.equals("bare") ? cost.bare() : cost.contract();
        }
        if (sum != times) {
            throw new IllegalStateException("A task was lost: " + sum + " of " + times + ".");
        }
    }

    private static Map<String, Long> histogram() throws JMException {
        Object text = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[] {"-all"}},
                        new String[] {String[].class.getName()});
        Map<String, Long> found = new TreeMap<>();
        for (String line : text.toString().split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                found.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
            }
        }
        return found;
    }
}
