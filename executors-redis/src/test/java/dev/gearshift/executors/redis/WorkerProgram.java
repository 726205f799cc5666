package dev.gearshift.executors.redis;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.processes.ProcessSettings;
import dev.gearshift.executors.processes.ProcessesStrategy;
import java.io.IOException;

/** A worker in a process of its own, until its standard input ends; told {@code now} there, it stops what it runs. */
final class WorkerProgram {
    private WorkerProgram() {}

    /**
     * Runs it.
     *
     * @param args the strategy, how many tasks at once, and the queues
     */
    public static void main(String[] args) throws IOException {
        ConcurrencyStrategy strategy = args[0].equals("processes")
                ? new ProcessesStrategy(ProcessSettings.defaults()
                        .withJvmFlags("-XX:TieredStopAtLevel=1")
                        .withClassCache(null))
                : ConcurrencyStrategies.choose(args[0]).strategy();
        String[] queues = new String[args.length - 2];
        System.arraycopy(args, 2, queues, 0, queues.length);
        RedisWorker worker = RedisWorker.start(WorkerSettings.of(RedisSettings.defaults(), strategy)
                .withQueues(queues)
                .withParallelism(Integer.parseInt(args[1])));
        System.out.println(worker.name());
        if (System.in.read() >= 0) {
            worker.stopNow();
        }
        System.out.println("stops");
        worker.close();
    }
}
