package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.Host;
import dev.gearshift.benchmarks.comparison.Table;
import dev.gearshift.benchmarks.comparison.Turns;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Measures the contenders of each group, in all places where it is measured. */
final class Rounds {
    private final Contenders contenders;
    private final Effort effort;
    private final Turns turns;
    private final boolean canPin;

    Rounds(Contenders contenders, Effort effort, PrintStream progress) throws InterruptedException {
        this.contenders = contenders;
        this.effort = effort;
        turns = new Turns(effort.rounds(), progress);
        canPin = Host.canPin();
    }

    /** Whether something could not be measured that should have been. */
    boolean failed() {
        return turns.failed();
    }

    Table measure(Group group) throws InterruptedException {
        Map<String, Contender> byName = new LinkedHashMap<>();
        contenders.of(group).forEach(contender -> byName.put(contender.name(), contender));
        List<String> columns = List.copyOf(byName.keySet());
        List<Table.Row> rows = new ArrayList<>();
        for (Cpus cpus : group.cpus()) {
            Map<String, Figures> found = turns.take(
                    group.id() + ", " + cpus.label(),
                    columns,
                    group.figures(),
                    name -> cpus == Cpus.ONE && !canPin
                            ? Figures.absent(group.figures(), "taskset cannot pin here")
                            : Objects.requireNonNull(byName.get(name)).measure(group, cpus, effort));
            for (Figure figure : group.figures()) {
                rows.add(Table.Row.of(figure, cpus.label(), columns, found, Target.of(figure, cpus)));
            }
        }
        return new Table(group.id(), group.title(), rows);
    }
}
