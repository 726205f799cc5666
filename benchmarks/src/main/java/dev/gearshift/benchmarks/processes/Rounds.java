package dev.gearshift.benchmarks.processes;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures the contenders in turn, in every second round backwards, so that each meets the machine in the same state. */
final class Rounds {
    private final Contenders contenders;
    private final Effort effort;
    private final PrintStream progress;
    private final boolean canPin;
    private boolean failed;

    Rounds(Contenders contenders, Effort effort, PrintStream progress) throws InterruptedException {
        this.contenders = contenders;
        this.effort = effort;
        this.progress = progress;
        canPin = Host.canPin();
    }

    /** Whether something could not be measured that should have been. */
    boolean failed() {
        return failed;
    }

    Comparison.Table measure(Group group) throws Exception {
        List<Comparison.Row> rows = new ArrayList<>();
        for (Cpus cpus : group.cpus()) {
            List<Contender> columns = contenders.of(group);
            Map<Contender, Figures> found = measure(group, cpus, columns);
            for (Figure figure : group.figures()) {
                rows.add(row(figure, cpus, columns, found));
            }
        }
        return new Comparison.Table(group.id(), group.title(), rows);
    }

    private Map<Contender, Figures> measure(Group group, Cpus cpus, List<Contender> columns) throws Exception {
        Map<Contender, Figures> found = new HashMap<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            List<Contender> order = new ArrayList<>(columns);
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (Contender contender : order) {
                progress.println(group.id() + ", " + cpus.label() + ", round " + round + " of " + effort.rounds() + ": "
                        + contender.name());
                found.computeIfAbsent(contender, none -> new Figures()).addAll(measure(contender, group, cpus));
            }
        }
        return found;
    }

    private Figures measure(Contender contender, Group group, Cpus cpus) throws Exception {
        if (cpus == Cpus.ONE && !canPin) {
            return Figures.absent(group, "taskset cannot pin here");
        }
        try {
            return contender.measure(group, cpus, effort);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            e.printStackTrace(progress);
            failed = true;
            return Figures.absent(group, "failed");
        }
    }

    private static Comparison.Row row(
            Figure figure, Cpus cpus, List<Contender> columns, Map<Contender, Figures> found) {
        List<Comparison.Cell> cells = new ArrayList<>();
        Double ours = null;
        for (Contender contender : columns) {
            Comparison.Cell cell =
                    Comparison.Cell.of(contender.name(), figure, found.getOrDefault(contender, new Figures()), ours);
            cells.add(cell);
            if (cells.size() == 1) {
                ours = cell.median();
            }
        }
        List<Comparison.Verdict> verdicts = Target.of(figure, cpus).stream()
                .map(target -> verdict(target, cells))
                .toList();
        return new Comparison.Row(figure.name(), figure.label(), figure.unit(), cpus.label(), cells, verdicts);
    }

    private static Comparison.Cell cell(String contender, List<Comparison.Cell> cells) {
        return cells.stream()
                .filter(cell -> cell.contender().equals(contender))
                .findFirst()
                .orElseThrow();
    }

    private static Comparison.Verdict verdict(Target target, List<Comparison.Cell> cells) {
        String peer = target.peer();
        Double value = peer == null
                ? cell(target.contender(), cells).median()
                : cell(peer, cells).ratio();
        return new Comparison.Verdict(target.text(), value, value == null ? null : target.isMetBy(value));
    }
}
