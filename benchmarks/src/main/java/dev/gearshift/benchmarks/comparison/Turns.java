package dev.gearshift.benchmarks.comparison;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures contenders in turn, in every second round backwards, so that each meets the machine in the same state. */
public final class Turns {
    private final int rounds;
    private final PrintStream progress;
    private boolean failed;

    /** Nothing is measured yet. */
    public Turns(int rounds, PrintStream progress) {
        this.rounds = rounds;
        this.progress = progress;
    }

    /** One round of one contender. */
    public interface Measurement {
        /** What it found. */
        Figures of(String contender) throws Exception;
    }

    /**
     * All rounds.
     *
     * @param what is measured, for the progress
     * @param quantities that are absent from what fails
     */
    public Map<String, Figures> take(
            String what, List<String> contenders, List<? extends Quantity> quantities, Measurement measurement)
            throws InterruptedException {
        Map<String, Figures> found = new HashMap<>();
        for (int round = 1; round <= rounds; round++) {
            List<String> order = new ArrayList<>(contenders);
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (String contender : order) {
                progress.println(what + ", round " + round + " of " + rounds + ": " + contender);
                Figures figures;
                try {
                    figures = measurement.of(contender);
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    e.printStackTrace(progress);
                    failed = true;
                    figures = Figures.absent(quantities, "failed");
                }
                found.computeIfAbsent(contender, none -> new Figures()).addAll(figures);
            }
        }
        return found;
    }

    /** Whether something could not be measured that should have been. */
    public boolean failed() {
        return failed;
    }
}
