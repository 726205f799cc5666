package dev.gearshift.executors.testkit.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Somebody waits while the task ends: he is woken. If not he would hang, and jcstress would say so. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "He has the value.")
@Outcome(expect = Expect.FORBIDDEN, desc = "He has something else.")
@State
public class JoinAgainstRun extends ByHand {
    @Actor
    public void run() {
        attempt();
    }

    @Actor
    public void join(L_Result result) {
        result.r1 = future.join();
    }
}
