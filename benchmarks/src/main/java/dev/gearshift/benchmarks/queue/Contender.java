package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.Host;
import dev.gearshift.benchmarks.comparison.JavaCommand;
import dev.gearshift.benchmarks.comparison.PythonScript;
import dev.gearshift.executors.redis.PrivateRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who is measured: a column of the tables. */
sealed interface Contender {
    /** So that a killed worker's tasks run again within seconds. */
    String LEASE = "3s";

    /** As the table has it. */
    String name();

    /** The command of the program that measures it; empty if there is none here. */
    List<String> command(Group group, Effort effort);

    /** One round, on a Redis of its own. */
    default Figures measure(Group group, Effort effort) throws Exception {
        List<String> command = command(group, effort);
        if (command.isEmpty()) {
            return Figures.absent(group.figures(), "no Python here");
        }
        try (PrivateRedis redis = PrivateRedis.start()) {
            // In the environment, as command lines can be read by anybody.
            return Host.run(command, false, Map.of("GEARSHIFT_REDIS_URI", redis.uri(), "GEARSHIFT_REDIS_LEASE", LEASE));
        }
    }

    /**
     * The strategy {@code redis}.
     *
     * @param strategy what its workers run the tasks on
     * @param parallelism how many at once in each; 0 for as many as there are processors, as by default
     */
    record Gearshift(String name, String strategy, int parallelism) implements Contender {
        @Override
        public List<String> command(Group group, Effort effort) {
            List<String> arguments = new ArrayList<>(List.of(strategy, String.valueOf(parallelism), group.name()));
            arguments.addAll(effort.arguments());
            return JavaCommand.of(QueueHost.class, List.of(), arguments);
        }
    }

    /**
     * A queue of Python's.
     *
     * @param queue as the script calls it
     */
    record Python(String name, PythonScript script, String queue) implements Contender {
        @Override
        public List<String> command(Group group, Effort effort) {
            if (script.command().isEmpty()) {
                return List.of();
            }
            List<String> command = new ArrayList<>(script.command().get());
            command.addAll(List.of(queue, group.name()));
            command.addAll(effort.peerArguments());
            return command;
        }
    }
}
