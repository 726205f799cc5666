package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.comparison.Markdown;
import dev.gearshift.benchmarks.comparison.Table;
import java.util.List;

/**
 * All that was measured.
 *
 * @param packages what the Python has of queues
 * @param redis its version
 * @param load the load of the machine before it began; negative if unknown
 */
record Comparison(
        String date,
        String java,
        String python,
        String packages,
        String redis,
        String os,
        int cpus,
        double load,
        Effort effort,
        List<Table> groups) {
    String markdown() {
        return "On " + date + ": Java " + java + ", Redis " + redis + ", "
                + (python.isEmpty() ? "no Python" : python + " with " + packages) + ", " + os + ", "
                + cpus + " CPUs, load " + Markdown.number(load)
                + " at the start. Medians (min–max) of "
                + effort.rounds() + (effort.rounds() == 1 ? " round" : " rounds")
                + " with new processes and a new Redis, in turns; in front of each `×`, the first column's median by that"
                + " one.\n"
                + Markdown.of(groups);
    }
}
