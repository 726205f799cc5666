package dev.gearshift.benchmarks.processes;

import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison as Markdown. */
final class Markdown {
    private Markdown() {}

    static String of(Comparison comparison) {
        Effort effort = comparison.effort();
        return "On " + comparison.date() + ": Java " + comparison.java() + ", "
                + (comparison.python().isEmpty() ? "no Python" : comparison.python()) + ", " + comparison.os() + ", "
                + comparison.cpus() + " CPUs, load " + number(comparison.load())
                + " at the start. Medians (min–max) of "
                + effort.rounds() + (effort.rounds() == 1 ? " round" : " rounds")
                + " with new processes, in turns, after a warm-up of "
                + effort.jvmWarmUp().toMillis() / 1e3 + " s for the first kind of work in a JVM and "
                + effort.warmUp().toMillis() / 1e3
                + " s for any other; in front of each `×`, Gearshift's median by that one. Workers have "
                + (comparison.isCached() ? "a" : "no") + " class cache. A MB is a million"
                + " bytes.\n"
                + comparison.groups().stream().map(Markdown::table).collect(Collectors.joining());
    }

    private static String table(Comparison.Table table) {
        StringBuilder text = new StringBuilder("\n### " + table.title() + "\n\n|");
        int columns = 0;
        for (Comparison.Cell cell : table.rows().get(0).cells()) {
            text.append(" | ").append(cell.contender());
            columns++;
        }
        text.append(" | target | met |\n|").append("---|".repeat(columns + 3)).append('\n');
        for (Comparison.Row row : table.rows()) {
            text.append("| ").append(row.label());
            if (table.rows().stream().anyMatch(other -> !other.cpus().equals(row.cpus()))) {
                text.append(", ").append(row.cpus());
            }
            text.append(", ").append(row.unit());
            row.cells().forEach(cell -> text.append(" | ").append(cell(cell)));
            text.append(" | ")
                    .append(row.targets().stream()
                            .map(Comparison.Verdict::target)
                            .collect(Collectors.joining("<br>")))
                    .append(" | ")
                    .append(row.targets().stream().map(Markdown::verdict).collect(Collectors.joining("<br>")))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String cell(Comparison.Cell cell) {
        if (cell.median() == null || cell.min() == null || cell.max() == null) {
            return cell.absent() == null || cell.absent().isEmpty() ? "–" : cell.absent();
        }
        String spread = cell.samples().size() == 1 ? "" : " (" + number(cell.min()) + "–" + number(cell.max()) + ")";
        String ratio = cell.ratio() == null ? "" : " · " + number(cell.ratio()) + "×";
        return number(cell.median()) + spread + ratio;
    }

    private static String verdict(Comparison.Verdict verdict) {
        if (verdict.value() == null || verdict.met() == null) {
            return "unknown";
        }
        return (verdict.met() ? "met: " : "**missed**: ") + number(verdict.value());
    }

    /** Three digits that count. */
    private static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
