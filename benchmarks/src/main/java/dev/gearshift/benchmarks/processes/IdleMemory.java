package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.WorkerSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an idle worker occupies, as Linux counts it: all of it, and what is shared by its share. */
final class IdleMemory {
    private IdleMemory() {}

    static void measure(Figures into) throws Exception {
        if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            into.addAll(Figures.absent(Group.MEMORY.figures(), "no /proc/PID/smaps_rollup here"));
            return;
        }
        each(2, Figure.RSS_OF_2, Figure.PSS_OF_2, into);
        each(8, Figure.RSS_OF_8, Figure.PSS_OF_8, into);
    }

    private static void each(int workers, Figure rss, Figure pss, Figures into) throws Exception {
        try (TaskExecutor executor = GearshiftHost.warm(workers)) {
            List<List<String>> maps = new ArrayList<>();
            for (WorkerSnapshot worker : executor.snapshot().workers()) {
                maps.add(Files.readAllLines(Path.of("/proc", Long.toString(worker.pid()), "smaps_rollup")));
            }
            into.add(rss, average(maps, "Rss:"));
            into.add(pss, average(maps, "Pss:"));
        }
    }

    private static double average(List<List<String>> maps, String name) throws IOException {
        double sum = 0;
        for (List<String> map : maps) {
            sum += map.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.split("\\s+", 3)[1]) * 1024 / 1e6)
                    .findFirst()
                    .orElseThrow(() -> new IOException("No " + name + " in " + map));
        }
        return sum / maps.size();
    }
}
