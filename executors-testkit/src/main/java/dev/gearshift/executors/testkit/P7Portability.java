package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** 7. A task that cannot go where it would have to fails at submit, on the caller's thread. */
interface P7Portability extends Subject {
    @Test
    default void p7_lambda_runsWhereItCan() {
        needs(Capability.RUNS_LAMBDAS);
        Object here = new Object();
        try (TaskExecutor executor = open()) {
            assertThat(executor.submit(() -> here).join()).isSameAs(here);
        }
    }

    @Test
    default void p7_lambda_isRefusedAtSubmitWhereItCannot() {
        needsNo(Capability.RUNS_LAMBDAS, "its tasks need not travel");
        try (TaskExecutor executor = open()) {
            refusesALambda(executor);
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void p7_recordWithAPartThatCannotTravel_isRefusedAtSubmitByItsName() {
        needsNo(Capability.RUNS_LAMBDAS, "its tasks need not travel");
        try (TaskExecutor executor = open()) {
            refusesAPart(executor);
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void p7_checkPortable_refusesTheSameWhereTasksStay() {
        needs(Capability.RUNS_LAMBDAS);
        StrategySettings checking = settings().withCheckPortable(true);
        try {
            Object installed = checking.portabilityCheck();
            assertThat(installed).isNotNull();
        } catch (IllegalStateException e) {
            String add = String.valueOf(e.getMessage());
            assertThatThrownBy(() -> open(checking).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(add);
            Assumptions.abort(add);
        }
        try (TaskExecutor executor = open(checking)) {
            refusesALambda(executor);
            refusesAPart(executor);
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    private static void refusesALambda(TaskExecutor executor) {
        Object here = new Object();
        refuses(() -> executor.submit(() -> here), "lambda");
    }

    private static void refusesAPart(TaskExecutor executor) {
        Trip trip = new Trip(new Luggage("suitcase", new CountDownLatch(1)));
        refuses(() -> executor.submit(trip), "Trip", "luggage", "gate", CountDownLatch.class.getName());
    }

    /** With these words, and then with what to do. */
    static void refuses(ThrowingCallable submit, String... words) {
        assertThatThrownBy(submit)
                .isInstanceOf(NotPortableException.class)
                .hasMessageContainingAll(words)
                .satisfies(P7Portability::saysWhatToDo);
    }

    /** What is wrong, and then what to do. */
    static void saysWhatToDo(Throwable refusal) {
        assertThat(refusal.getMessage()).as("a sentence that says what to do").matches("(?s).+[.:] \\p{Lu}.+");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the test
    default void p7_null_isRefusedAtSubmit() {
        try (TaskExecutor executor = open()) {
            assertThatThrownBy(() -> executor.submit(null)).isInstanceOf(NullPointerException.class);
        }
    }

    record Luggage(String name, CountDownLatch gate) {}

    record Trip(Luggage luggage) implements Task<Integer> {
        @Override
        public Integer call() {
            return 1;
        }
    }
}
