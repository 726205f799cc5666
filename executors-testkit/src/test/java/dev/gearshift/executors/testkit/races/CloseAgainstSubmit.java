package dev.gearshift.executors.testkit.races;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A task submitted while the executor is shut down: rejected, or cancelled; never accepted and forgotten. */
@JCStressTest
@Outcome(id = "rejected, (CLOSING|CLOSED)", expect = Expect.ACCEPTABLE, desc = "It came too late.")
@Outcome(id = "cancelled, (CLOSING|CLOSED)", expect = Expect.ACCEPTABLE, desc = "It was accepted, and cancelled.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is forgotten, or the executor is open.")
@State
public class CloseAgainstSubmit extends ByHand {
    private volatile CompletableFuture<Integer> late = new CompletableFuture<>();

    public CloseAgainstSubmit() {
        attempt();
    }

    @Actor
    public void submit() {
        try {
            late = executor.submit(() -> 2);
        } catch (RejectedExecutionException e) {
            late = CompletableFuture.failedFuture(e);
        }
    }

    @Actor
    public void shutdown() {
        executor.shutdownNow();
    }

    @Arbiter
    public void end(LL_Result result) {
        boolean rejected = late.isCompletedExceptionally() && !late.isCancelled();
        result.r1 = rejected ? "rejected" : late.isCancelled() ? "cancelled" : late.toString();
        result.r2 = executor.snapshot().state();
    }
}
