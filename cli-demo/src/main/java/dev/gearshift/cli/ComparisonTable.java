package dev.gearshift.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as a table for people. Columns that have nothing to say are left out. */
final class ComparisonTable {
    private record Column(String head, Function<ComparisonRow, String> cell) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("workers", row -> whole(row.workers())),
            new Column("images", row -> whole(row.images())),
            new Column("failed", row -> row.failed() == null || row.failed() == 0 ? "" : whole(row.failed())),
            new Column("seconds", row -> number(row.seconds(), 3)),
            new Column("ideal", row -> number(row.idealSeconds(), 2)),
            new Column("faster", row -> row.timesFaster() == null ? "" : number(row.timesFaster(), 1) + "x"),
            new Column("images/s", row -> number(row.imagesPerSecond(), 1)),
            new Column("MB/s", row -> number(row.megabytesPerSecond(), 1)),
            new Column("CPU s", row -> number(row.cpuSeconds(), 2)),
            new Column("peak threads", row -> whole(row.peakThreads())),
            new Column("peak heap MB", row -> number(row.peakHeapMegabytes(), 0)),
            new Column("peak in flight", row -> whole(row.peakInFlight())));

    private ComparisonTable() {}

    static void print(PrintWriter out, String title, List<ComparisonRow> rows) {
        out.println(title);
        List<Column> columns = COLUMNS.stream()
                .filter(column ->
                        rows.stream().anyMatch(row -> !column.cell.apply(row).isEmpty()))
                .toList();
        int nameWidth = Math.max(
                "strategy".length(),
                rows.stream().mapToInt(row -> row.strategy().length()).max().orElse(0));
        List<Integer> widths = new ArrayList<>();
        StringBuilder head = new StringBuilder(padded("strategy", nameWidth));
        for (Column column : columns) {
            int width = Math.max(
                    column.head.length(),
                    rows.stream()
                            .mapToInt(row -> column.cell.apply(row).length())
                            .max()
                            .orElse(0));
            widths.add(width);
            head.append("  ").append(" ".repeat(width - column.head.length())).append(column.head);
        }
        out.println(head);
        out.println("-".repeat(head.length()));
        for (ComparisonRow row : rows) {
            StringBuilder line = new StringBuilder(padded(row.strategy(), nameWidth));
            if (row.reason() != null) {
                line.append("  cannot run here: ").append(row.reason());
            } else {
                for (int i = 0; i < columns.size(); i++) {
                    String cell = columns.get(i).cell.apply(row);
                    line.append("  ")
                            .append(" ".repeat(widths.get(i) - cell.length()))
                            .append(cell);
                }
            }
            out.println(line);
        }
        out.flush();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String whole(@Nullable Number number) {
        return number == null ? "" : number.toString();
    }

    private static String number(@Nullable Double number, int digits) {
        return number == null ? "" : String.format(Locale.ROOT, "%." + digits + "f", number);
    }
}
