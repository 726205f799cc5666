package dev.gearshift.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures that were measured together. */
public record Table(String group, String title, List<Row> rows) {
    /**
     * One quantity.
     *
     * @param cpus where the processes ran
     */
    public record Row(String figure, String label, String unit, String cpus, List<Cell> cells, List<Verdict> targets) {
        /**
         * What was found.
         *
         * @param columns the contenders in order; the first is the one that the others are compared with
         */
        public static Row of(
                Quantity quantity, String cpus, List<String> columns, Map<String, Figures> found, List<Goal> goals) {
            List<Cell> cells = new ArrayList<>();
            Double ours = null;
            for (String contender : columns) {
                Cell cell = Cell.of(contender, quantity, found.getOrDefault(contender, new Figures()), ours);
                cells.add(cell);
                if (cells.size() == 1) {
                    ours = cell.median();
                }
            }
            List<Verdict> verdicts =
                    goals.stream().map(goal -> goal.verdict(quantity, cells)).toList();
            return new Row(quantity.name(), quantity.label(), quantity.unit(), cpus, cells, verdicts);
        }
    }

    /**
     * One quantity of one contender.
     *
     * @param ratio the first contender's median by this one; null where one is missing or not positive
     * @param absent why there is no number; null if there is one
     */
    public record Cell(
            String contender,
            @Nullable Double median,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable Double ratio,
            List<Double> samples,
            @Nullable String absent) {
        static Cell of(String contender, Quantity quantity, Figures figures, @Nullable Double ours) {
            List<Double> samples = figures.samples(quantity).stream().sorted().toList();
            if (samples.isEmpty()) {
                return new Cell(contender, null, null, null, null, samples, figures.absent(quantity));
            }
            double median = median(samples);
            return new Cell(
                    contender,
                    median,
                    samples.get(0),
                    samples.get(samples.size() - 1),
                    ours == null || ours <= 0 || median <= 0 ? null : ours / median,
                    samples,
                    null);
        }

        private static double median(List<Double> sorted) {
            int half = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        }
    }

    /**
     * Whether a goal is met.
     *
     * @param value what is compared with the bound; null if it could not be measured
     */
    public record Verdict(
            String target, @Nullable Double value, @Nullable Boolean met) {}
}
