package dev.gearshift.benchmarks.processes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured.
 *
 * @param cpus how many this JVM sees
 * @param load the load of the machine before it began; negative if unknown
 * @param isCached whether there was a class cache, where it was not turned off
 */
record Comparison(
        String date,
        String java,
        String python,
        String os,
        int cpus,
        double load,
        boolean isCached,
        Effort effort,
        List<Table> groups) {
    /** One group. */
    record Table(String group, String title, List<Row> rows) {}

    /**
     * One figure.
     *
     * @param cpus where the processes ran
     */
    record Row(String figure, String label, String unit, String cpus, List<Cell> cells, List<Verdict> targets) {}

    /**
     * One figure of one contender.
     *
     * @param ratio Gearshift's median by this one; null where one is missing or not positive
     * @param absent why there is no number; null if there is one
     */
    record Cell(
            String contender,
            @Nullable Double median,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable Double ratio,
            List<Double> samples,
            @Nullable String absent) {
        static Cell of(String contender, Figure figure, Figures figures, @Nullable Double ours) {
            List<Double> samples = figures.samples(figure).stream().sorted().toList();
            if (samples.isEmpty()) {
                return new Cell(contender, null, null, null, null, samples, figures.absent(figure));
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

        static double median(List<Double> sorted) {
            int half = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        }
    }

    /**
     * Whether a target is met.
     *
     * @param value what is compared with the bound; null if it could not be measured
     */
    record Verdict(
            String target, @Nullable Double value, @Nullable Boolean met) {}
}
