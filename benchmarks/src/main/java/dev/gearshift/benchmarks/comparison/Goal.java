package dev.gearshift.benchmarks.comparison;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is to reach.
 *
 * @param contender whose figure it is; null for the first column's
 * @param bound the most or the least of the figure, or of its ratio to the peer's
 * @param peer whose figure it is compared with; null for none
 */
public record Goal(
        @Nullable String contender,
        Limit limit,
        double bound,
        @Nullable String peer) {
    /** Which side of the bound is the good one. */
    public enum Limit {
        /** Below. */
        AT_MOST("≤"),
        /** Above. */
        AT_LEAST("≥");

        private final String sign;

        Limit(String sign) {
            this.sign = sign;
        }
    }

    Table.Verdict verdict(Quantity quantity, List<Table.Cell> cells) {
        Double ours = contender == null ? cells.get(0).median() : median(contender, cells);
        Double theirs = peer == null ? Double.valueOf(1) : median(peer, cells);
        Double value = ours == null || theirs == null || theirs <= 0 ? null : ours / theirs;
        return new Table.Verdict(text(quantity), value, value == null ? null : isMetBy(value));
    }

    private static @Nullable Double median(String contender, List<Table.Cell> cells) {
        return cells.stream()
                .filter(cell -> cell.contender().equals(contender))
                .findFirst()
                .orElseThrow()
                .median();
    }

    private boolean isMetBy(double value) {
        return limit == Limit.AT_MOST ? value <= bound : value >= bound;
    }

    private String text(Quantity quantity) {
        return (contender == null ? "" : contender + ": ") + limit.sign + " "
                + String.format(Locale.ROOT, bound < 1 ? "%.2f" : "%.0f", bound)
                + (peer == null ? " " + quantity.unit() : " × " + peer);
    }
}
