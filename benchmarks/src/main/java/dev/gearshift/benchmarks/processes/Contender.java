package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.Host;
import dev.gearshift.benchmarks.comparison.JavaCommand;
import dev.gearshift.benchmarks.comparison.PythonScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;

/** Who is measured: a column of the tables. */
sealed interface Contender {
    String name();

    /** One round. */
    Figures measure(Group group, Cpus cpus, Effort effort) throws Exception;

    /**
     * The strategy {@code processes}.
     *
     * @param settings what differs from the defaults, as system properties
     */
    record Gearshift(String name, Map<String, String> settings) implements Contender {
        @Override
        public Figures measure(Group group, Cpus cpus, Effort effort) throws Exception {
            if (group == Group.MEMORY) {
                // A JVM between this and the workers would share pages with them, and make each one's share smaller.
                return here(() -> GearshiftHost.measure(group, effort));
            }
            List<String> flags = settings.entrySet().stream()
                    .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                    .toList();
            return Host.run(
                    JavaCommand.of(GearshiftHost.class, flags, arguments(group, effort)), cpus == Cpus.ONE, Map.of());
        }

        /** With its settings in this JVM. */
        <T> T here(Callable<T> what) throws Exception {
            Properties before = (Properties) System.getProperties().clone();
            settings.forEach(System::setProperty);
            try {
                return what.call();
            } finally {
                System.setProperties(before);
            }
        }
    }

    /** Two JVMs and a socket. */
    record RawSocket(String name) implements Contender {
        @Override
        public Figures measure(Group group, Cpus cpus, Effort effort) throws Exception {
            return Host.run(
                    JavaCommand.of(SocketHost.class, List.of(), arguments(group, effort)), cpus == Cpus.ONE, Map.of());
        }
    }

    /**
     * A pool of Python's.
     *
     * @param pool as the script calls it
     * @param startMethod as {@code multiprocessing} calls it
     */
    record Python(String name, PythonScript script, String pool, String startMethod) implements Contender {
        @Override
        public Figures measure(Group group, Cpus cpus, Effort effort) throws Exception {
            if (script.command().isEmpty()) {
                return Figures.absent(group.figures(), "no Python here");
            }
            List<String> command = new ArrayList<>(script.command().get());
            command.addAll(List.of(pool, startMethod));
            command.addAll(arguments(group, effort));
            return Host.run(command, cpus == Cpus.ONE, Map.of());
        }
    }

    private static List<String> arguments(Group group, Effort effort) {
        List<String> arguments = new ArrayList<>();
        arguments.add(group.name());
        arguments.addAll(effort.arguments());
        return arguments;
    }
}
