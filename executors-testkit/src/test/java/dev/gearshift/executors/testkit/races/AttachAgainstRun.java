package dev.gearshift.executors.testkit.races;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Callbacks that are attached while the task ends: each runs once. */
@JCStressTest
@Outcome(id = "2, 3", expect = Expect.ACCEPTABLE, desc = "Both ran.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is lost.")
@State
public class AttachAgainstRun extends ByHand {
    private volatile CompletableFuture<Integer> applied = new CompletableFuture<>();
    private volatile CompletableFuture<Integer> combined = new CompletableFuture<>();

    @Actor
    public void end() {
        attempt();
    }

    @Actor
    public void attach() {
        applied = future.thenApply(value -> value + 1);
        combined = CompletableFuture.completedFuture(2).thenCombine(future, Integer::sum);
    }

    @Arbiter
    public void look(LL_Result result) {
        result.r1 = applied.getNow(-1);
        result.r2 = combined.getNow(-1);
    }
}
