package dev.gearshift.executors.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.testkit.Echo;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a library hears that gives the pool something which cannot travel: why, and what to do, at once. */
@Timeout(30)
class ExecutorServiceTests {
    private final TaskExecutor executor = Pools.open(Pools.QUIET, 1);
    private final ExecutorService service = executor.asExecutorService();
    private final Object here = new Object();

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void aCallableIsRejectedWithTheReason() {
        assertThatThrownBy(() -> service.submit(() -> here))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("""
                        CallableTask.callable cannot travel: java.util.concurrent.Callable could be any code, and code does \
                        not travel. Write it as a record that implements dev.gearshift.executors.Task.
                        See executors-wire/README.md#what-travels""")
                .hasCauseInstanceOf(NotPortableException.class);
    }

    @Test
    void whatACompletableFutureExecutesIsRejectedWithTheReason() {
        assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> here, service))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("""
                        ExecutedTask.runnable cannot travel: java.lang.Runnable could be any code, and code does not \
                        travel. Write it as a record that implements dev.gearshift.executors.Task.
                        See executors-wire/README.md#what-travels""");
    }

    @Test
    void aTaskThatIsARecordRuns() throws Exception {
        assertThat(service.submit((Callable<Integer>) new Echo(1)).get(30, TimeUnit.SECONDS))
                .isEqualTo(1);
    }
}
