package dev.gearshift.benchmarks.comparison;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables as Markdown. */
public final class Markdown {
    private Markdown() {}

    /** One after another. */
    public static String of(List<Table> tables) {
        return tables.stream().map(Markdown::table).collect(Collectors.joining());
    }

    private static String table(Table table) {
        StringBuilder text = new StringBuilder("\n### " + table.title() + "\n\n|");
        int columns = 0;
        for (Table.Cell cell : table.rows().get(0).cells()) {
            text.append(" | ").append(cell.contender());
            columns++;
        }
        text.append(" | target | met |\n|").append("---|".repeat(columns + 3)).append('\n');
        for (Table.Row row : table.rows()) {
            text.append("| ").append(row.label());
            if (table.rows().stream().anyMatch(other -> !other.cpus().equals(row.cpus()))) {
                text.append(", ").append(row.cpus());
            }
            text.append(", ").append(row.unit());
            row.cells().forEach(cell -> text.append(" | ").append(cell(cell)));
            text.append(" | ")
                    .append(row.targets().stream().map(Table.Verdict::target).collect(Collectors.joining("<br>")))
                    .append(" | ")
                    .append(row.targets().stream().map(Markdown::verdict).collect(Collectors.joining("<br>")))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String cell(Table.Cell cell) {
        if (cell.median() == null || cell.min() == null || cell.max() == null) {
            return cell.absent() == null || cell.absent().isEmpty() ? "–" : cell.absent();
        }
        String spread = cell.samples().size() == 1 ? "" : " (" + number(cell.min()) + "–" + number(cell.max()) + ")";
        String ratio = cell.ratio() == null ? "" : " · " + number(cell.ratio()) + "×";
        return number(cell.median()) + spread + ratio;
    }

    private static String verdict(Table.Verdict verdict) {
        if (verdict.value() == null || verdict.met() == null) {
            return "unknown";
        }
        return (verdict.met() ? "met: " : "**missed**: ") + number(verdict.value());
    }

    /** With the three digits that count. */
    public static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
