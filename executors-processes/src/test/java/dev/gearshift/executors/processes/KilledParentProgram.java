package dev.gearshift.executors.processes;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Opens a pool, says on standard output which processes it has, and ends while they are busy. */
final class KilledParentProgram {
    private KilledParentProgram() {}

    /**
     * How many workers; how it ends: kill, to wait for that, halt, or exit, or a command that is run first, to wait for a kill
     * then.
     */
    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[0]);
        TaskExecutor executor =
                new ProcessesStrategy().open(StrategySettings.defaults().withParallelism(workers));
        List<Object> spinning = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            spinning.add(executor.submit(new Spin()));
        }
        if (!arguments[1].equals("kill")) {
            System.in.read(); // Until somebody has read what they said.
        }
        switch (arguments[1]) {
            case "halt" -> Runtime.getRuntime().halt(1);
            case "exit" -> System.exit(1);
            case "kill" -> Thread.currentThread().join();
            default -> {
                System.out.println("returned " + NativeCommand.run(arguments[1]));
                Thread.currentThread().join();
            }
        }
    }

    /** Says its process's number, and never ends. */
    static final class Endless implements Runnable {
        @Override
        public void run() {
            System.out.println("worker " + ProcessHandle.current().pid());
            while (true) {
                LockSupport.park();
            }
        }
    }

    /** Says its process's number, and counts, which compiled code does without a look at anything else. */
    record Spin() implements Task<Integer> {
        @Override
        public Integer call() {
            int sum = count(1_000); // Compiled, before anybody relies on it.
            for (int i = 0; i < 20_000; i++) {
                sum += count(10);
            }
            System.out.println("worker " + ProcessHandle.current().pid());
            for (int i = 0; i < 1_000_000; i++) {
                sum += count(1_000_000);
            }
            return sum;
        }

        private static int count(int times) {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                for (int j = 0; j < times; j++) {
                    sum ^= i * j + sum;
                }
            }
            return sum;
        }
    }
}
