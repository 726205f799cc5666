package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING
                && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait(); // the test's deadline holds
        }
    }
}
