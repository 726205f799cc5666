package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A call on a thread of its own, that is interrupted. */
final class Interrupted {
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private final AtomicBoolean flag = new AtomicBoolean();
    private final Thread caller;

    Interrupted(ThrowingCallable call) {
        caller = new Thread(
                () -> {
                    try {
                        call.call();
                    } catch (Throwable e) {
                        thrown.set(e);
                    }
                    flag.set(Thread.currentThread().isInterrupted());
                },
                "caller");
        caller.start();
    }

    void onceItWaits() {
        awaitWaiting(caller);
        caller.interrupt();
    }

    /** Interrupts it while that task runs, which is to stop. */
    void once(Rendezvous.Visit running) {
        caller.interrupt();
        running.awaitGone();
    }

    void throwsAndClearsTheFlag() throws InterruptedException {
        caller.join(Pace.here().patienceMillis());
        assertThat(caller.isAlive()).as("the interrupted call goes on").isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(flag).as("the interrupt flag").isFalse();
    }

    /** Waits until that thread waits. */
    static void awaitWaiting(Thread thread) {
        spinUntil(() -> thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING
                || thread.getState() == Thread.State.TERMINATED);
    }

    /** For what nobody tells of, and is about to happen; the test's deadline ends it, too. */
    static void spinUntil(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("The test's time is over.");
            }
            Thread.onSpinWait();
        }
    }
}
