package dev.gearshift.benchmarks.processes;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one contender was measured at: samples of some figures, and why there are none of others. It goes from process to
 * process as lines:
 *
 * <pre>
 *   figure NAME NUMBER
 *   absent NAME REASON      (the name * is for all)
 *   done
 * </pre>
 */
final class Figures {
    private static final String DONE = "done";

    private final Map<Figure, List<Double>> samples = new EnumMap<>(Figure.class);
    private final Map<Figure, String> absent = new EnumMap<>(Figure.class);

    void add(Figure figure, double sample) {
        samples.computeIfAbsent(figure, none -> new ArrayList<>()).add(sample);
    }

    void addAbsent(Figure figure, String reason) {
        absent.putIfAbsent(figure, reason);
    }

    void addAll(Figures others) {
        others.samples.forEach((figure, more) -> more.forEach(sample -> add(figure, sample)));
        others.absent.forEach(this::addAbsent);
    }

    /** None of the group, and why. */
    static Figures absent(Group group, String reason) {
        Figures none = new Figures();
        group.figures().forEach(figure -> none.addAbsent(figure, reason));
        return none;
    }

    List<Double> samples(Figure figure) {
        return samples.getOrDefault(figure, List.of());
    }

    /** Why there are no samples; empty if nobody says. */
    String absent(Figure figure) {
        return absent.getOrDefault(figure, "");
    }

    void print(PrintStream out) {
        samples.forEach((figure, all) ->
                all.forEach(sample -> out.printf(Locale.ROOT, "figure %s %.6f%n", figure.name(), sample)));
        absent.forEach((figure, reason) -> out.printf("absent %s %s%n", figure.name(), reason));
        out.println(DONE);
        out.flush();
    }

    /**
     * Reads what {@link #print} wrote, among other lines.
     *
     * @throws IllegalStateException if the end is missing
     */
    static Figures read(List<String> lines) {
        if (!lines.contains(DONE)) {
            throw new IllegalStateException("The measurement ended early, after: " + lines);
        }
        Figures figures = new Figures();
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && words[0].equals("figure")) {
                figures.add(Figure.valueOf(words[1]), Double.parseDouble(words[2]));
            } else if (words.length == 3 && words[0].equals("absent")) {
                named(words[1]).forEach(figure -> figures.addAbsent(figure, words[2]));
            }
        }
        return figures;
    }

    private static List<Figure> named(String name) {
        return name.equals("*") ? List.of(Figure.values()) : List.of(Figure.valueOf(name));
    }
}
