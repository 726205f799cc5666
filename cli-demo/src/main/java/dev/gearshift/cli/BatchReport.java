package dev.gearshift.cli;

import dev.gearshift.executors.StrategyChoice;
import dev.gearshift.executors.TaskExecutor;
import java.io.PrintWriter;
import java.util.List;

/**
 * What {@code download} and {@code thumbnails} say at the end, and print with {@code --json}.
 *
 * @param strategy the id of the strategy
 * @param chosenBy who chose it
 * @param workers how many tasks ran at once at most
 * @param found how many images there were to do
 * @param done how many were done
 * @param alreadyThere how many were there before
 * @param failed how many failed
 * @param notTried how many were left when it was interrupted
 * @param bytes what was written or read in all
 * @param seconds how long it took
 * @param peakThreads the most platform threads of this JVM at once, its own included
 * @param failures which failed, and why
 */
record BatchReport(
        String strategy,
        String chosenBy,
        int workers,
        int found,
        int done,
        int alreadyThere,
        int failed,
        int notTried,
        long bytes,
        double seconds,
        int peakThreads,
        List<Batch.Failed> failures) {

    static BatchReport of(StrategyChoice choice, TaskExecutor executor, int found, int there, Batch.Result result) {
        return new BatchReport(
                choice.strategy().id(),
                StrategyOptions.describe(choice),
                executor.snapshot().parallelism(),
                found,
                result.done(),
                there,
                result.failures().size(),
                result.notTried(),
                result.bytes(),
                result.cost().seconds(),
                result.cost().peakThreads(),
                result.failures());
    }

    double perSecond() {
        return done / Math.max(1e-9, seconds);
    }

    /** Prints this as JSON, or the failures and then one sentence. */
    void print(PrintWriter out, boolean json, String summary) {
        if (json) {
            JsonOutput.print(out, this);
            return;
        }
        failures.forEach(failure -> out.println("failed: " + failure.what() + ": " + failure.reason()));
        out.println(summary);
        out.flush();
    }

    /** The counts that are not zero, as the end of a sentence. */
    String rest() {
        return (alreadyThere == 0 ? "" : ", " + alreadyThere + " there already")
                + (failed == 0 ? "" : ", " + failed + " failed")
                + (notTried == 0
                        ? ""
                        : ", interrupted with " + notTried + " to go: run the same command again to go on");
    }

    int exitCode() {
        if (notTried > 0) {
            return Main.INTERRUPTED;
        }
        return failed == 0 ? 0 : Main.FAILED;
    }
}
