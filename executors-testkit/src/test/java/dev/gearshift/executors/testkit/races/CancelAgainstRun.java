package dev.gearshift.executors.testkit.races;

import dev.gearshift.executors.ExecutorSnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A task that runs while it is cancelled: one of the two, counted once, and no interrupt is left over. */
@JCStressTest
@Outcome(id = "value 1, false, 1 0 OPEN", expect = Expect.ACCEPTABLE, desc = "It ran first.")
@Outcome(id = "cancelled, false, 0 1 OPEN", expect = Expect.ACCEPTABLE, desc = "It was cancelled first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both, or neither, or an interrupt for somebody else.")
@State
public class CancelAgainstRun extends ByHand {
    @Actor
    public void run(LLL_Result result) {
        result.r2 = attempt();
    }

    @Actor
    public void cancel() {
        future.cancel(true);
    }

    @Arbiter
    public void end(LLL_Result result) {
        ExecutorSnapshot now = executor.snapshot();
        result.r1 = outcome();
        result.r3 = now.succeeded() + " " + now.cancelled() + " " + now.state();
    }
}
