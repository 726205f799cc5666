package dev.gearshift.executors.testkit.races;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.local.LocalTaskExecutor;
import dev.gearshift.executors.local.SequentialStrategy;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Tasks come while the threads of the pool run out of work: somebody looks at each, and none waits for the next. */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Both are run.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is left.")
@State
public class SubmitAgainstIdling {
    /** One for all, so that its threads come from the tasks of another race. */
    private static final TaskExecutor POOL = LocalTaskExecutor.pooled(
            new SequentialStrategy(), StrategySettings.defaults().withParallelism(2), 2);

    private volatile TaskFuture<Integer> one = POOL.submit(() -> 0);
    private volatile TaskFuture<Integer> other = one;

    @Actor
    public void submit() {
        one = POOL.submit(() -> 1);
    }

    @Actor
    public void submitToo() {
        other = POOL.submit(() -> 2);
    }

    @Arbiter
    public void end(LL_Result result) {
        result.r1 = end(one);
        result.r2 = end(other);
    }

    private static Object end(TaskFuture<Integer> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            return e.toString();
        }
    }
}
