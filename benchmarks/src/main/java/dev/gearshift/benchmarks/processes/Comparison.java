package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.Markdown;
import dev.gearshift.benchmarks.comparison.Table;
import java.util.List;

/**
 * All that was measured.
 *
 * @param cpus how many this JVM sees
 * @param load the load of the machine before it began; negative if unknown
 * @param isCached whether there was a class cache, where it was not turned off
 */
record Comparison(
        String date,
        String java,
        String python,
        String os,
        int cpus,
        double load,
        boolean isCached,
        Effort effort,
        List<Table> groups) {
    String markdown() {
        return "On " + date + ": Java " + java + ", "
                + (python.isEmpty() ? "no Python" : python) + ", " + os + ", "
                + cpus + " CPUs, load " + Markdown.number(load)
                + " at the start. Medians (min–max) of "
                + effort.rounds() + (effort.rounds() == 1 ? " round" : " rounds")
                + " with new processes, in turns, after a warm-up of "
                + effort.jvmWarmUp().toMillis() / 1e3 + " s for the first kind of work in a JVM and "
                + effort.warmUp().toMillis() / 1e3
                + " s for any other; in front of each `×`, Gearshift's median by that one. Workers have "
                + (isCached ? "a" : "no") + " class cache. A MB is a million"
                + " bytes.\n"
                + Markdown.of(groups);
    }
}
