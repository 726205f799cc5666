package dev.gearshift.benchmarks.comparison;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one contender was measured at: samples of some quantities, and why there are none of others. It goes from process
 * to process as lines:
 *
 * <pre>
 *   figure NAME NUMBER
 *   absent NAME REASON      (the name * is for all)
 *   done
 * </pre>
 */
public final class Figures {
    private static final String ALL = "*";
    private static final String DONE = "done";

    private final Map<String, List<Double>> samples = new TreeMap<>();
    private final Map<String, String> absent = new TreeMap<>();

    /** Adds a sample. */
    public void add(Quantity quantity, double sample) {
        add(quantity.name(), sample);
    }

    private void add(String name, double sample) {
        samples.computeIfAbsent(name, none -> new ArrayList<>()).add(sample);
    }

    /** Adds all that others have. */
    public void addAll(Figures others) {
        others.samples.forEach((name, more) -> more.forEach(sample -> add(name, sample)));
        others.absent.forEach(absent::putIfAbsent);
    }

    /** None of these, and why. */
    public static Figures absent(Collection<? extends Quantity> quantities, String reason) {
        Figures none = new Figures();
        quantities.forEach(quantity -> none.absent.put(quantity.name(), reason));
        return none;
    }

    List<Double> samples(Quantity quantity) {
        return samples.getOrDefault(quantity.name(), List.of());
    }

    /** Why there are no samples; empty if nobody says. */
    String absent(Quantity quantity) {
        return absent.getOrDefault(quantity.name(), absent.getOrDefault(ALL, ""));
    }

    /** Writes them, for {@link #read}. */
    public void print(PrintStream out) {
        samples.forEach(
                (name, all) -> all.forEach(sample -> out.printf(Locale.ROOT, "figure %s %.6f%n", name, sample)));
        absent.forEach((name, reason) -> out.printf("absent %s %s%n", name, reason));
        out.println(DONE);
        out.flush();
    }

    /**
     * Reads what {@link #print} wrote, among other lines.
     *
     * @throws IllegalStateException if the end is missing
     */
    public static Figures read(List<String> lines) {
        if (!lines.contains(DONE)) {
            throw new IllegalStateException("The measurement ended early, after: " + lines);
        }
        Figures figures = new Figures();
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && words[0].equals("figure")) {
                figures.add(words[1], Double.parseDouble(words[2]));
            } else if (words.length == 3 && words[0].equals("absent")) {
                figures.absent.putIfAbsent(words[1], words[2]);
            }
        }
        return figures;
    }
}
