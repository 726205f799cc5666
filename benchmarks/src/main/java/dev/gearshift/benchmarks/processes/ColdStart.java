package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.NoOp;
import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.Stopwatch;
import dev.gearshift.executors.TaskExecutor;

/** From {@code open()} to the first result, and until each of some workers has served a task. */
final class ColdStart {
    private ColdStart() {}

    static void measure(Effort effort, Figures into) throws Exception {
        GearshiftHost.warm(2).close();
        for (int i = 0; i < effort.opens(); i++) {
            into.add(Figure.FIRST_RESULT, firstResult());
            into.add(Figure.SERVED_BY_1, served(1));
            into.add(Figure.SERVED_BY_2, served(2));
            into.add(Figure.SERVED_BY_8, served(8));
        }
    }

    private static double firstResult() {
        Stopwatch watch = new Stopwatch();
        try (TaskExecutor executor = GearshiftHost.open(2)) {
            executor.submit(new NoOp(1)).join();
            return watch.millis();
        }
    }

    private static double served(int workers) throws Exception {
        try (Rendezvous rendezvous = new Rendezvous()) {
            Stopwatch watch = new Stopwatch();
            try (TaskExecutor executor = GearshiftHost.open(workers)) {
                GearshiftHost.meet(executor, workers, rendezvous);
                return watch.millis();
            }
        }
    }
}
