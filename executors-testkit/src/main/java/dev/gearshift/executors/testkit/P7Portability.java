package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.TaskExecutor;
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
        Assumptions.assumeFalse(
                subject().capabilities().contains(Capability.RUNS_LAMBDAS),
                () -> subject().id() + " runs lambdas");
        Object here = new Object();
        try (TaskExecutor executor = open()) {
            assertThatThrownBy(() -> executor.submit(() -> here)).isInstanceOf(NotPortableException.class);
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // that is the test
    default void p7_null_isRefusedAtSubmit() {
        try (TaskExecutor executor = open()) {
            assertThatThrownBy(() -> executor.submit(null)).isInstanceOf(NullPointerException.class);
        }
    }
}
