package dev.gearshift.executors.processes;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.util.ArrayList;
import java.util.List;

/** Opens a pool, says on standard output which processes it has, and waits to be killed. */
final class KilledParentProgram {
    private KilledParentProgram() {}

    /** How many workers. */
    public static void main(String[] arguments) throws InterruptedException {
        int workers = Integer.parseInt(arguments[0]);
        TaskExecutor executor =
                new ProcessesStrategy().open(StrategySettings.defaults().withParallelism(workers));
        List<Object> spinning = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            spinning.add(executor.submit(new Spin()));
        }
        Thread.currentThread().join();
    }

    /** Says its process's number, and spins. */
    record Spin() implements Task<Integer> {
        @Override
        @SuppressWarnings("InfiniteLoopStatement") // only force ends it
        public Integer call() {
            System.out.println("worker " + ProcessHandle.current().pid());
            while (true) {
                Thread.onSpinWait();
            }
        }
    }
}
