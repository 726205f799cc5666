package dev.gearshift.executors.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that were accepted: counted until their bodies are over, and listed until their futures are complete too, in lists linked through the jobs themselves (no memory for each), in
 * stripes so that many threads rarely meet.
 */
final class OutstandingJobs {
    private static final int STRIPES = 16;

    private final Stripe[] stripes = new Stripe[STRIPES];
    private final AtomicLong count = new AtomicLong();

    OutstandingJobs() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** How many there are, announced ones included. */
    long count() {
        return count.get();
    }

    /** Counts a job that is about to be added, or turned away after all. */
    void announce() {
        count.incrementAndGet();
    }

    /** Uncounts a job whose body is over, or that was turned away; true if none is left. */
    boolean dismiss() {
        return count.decrementAndGet() == 0;
    }

    void add(LocalJob<?> job) {
        stripe(job).add(job);
    }

    void remove(LocalJob<?> job) {
        stripe(job).remove(job);
    }

    /** Whether none is listed. */
    boolean isEmpty() {
        for (Stripe stripe : stripes) {
            if (!stripe.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** All that are there, oldest first. */
    List<LocalJob<?>> list() {
        List<LocalJob<?>> all = new ArrayList<>();
        for (Stripe stripe : stripes) {
            stripe.addTo(all);
        }
        all.sort((a, b) -> Long.compare(a.number(), b.number()));
        return all;
    }

    private Stripe stripe(LocalJob<?> job) {
        return stripes[(int) (job.number() % STRIPES)];
    }

    private static final class Stripe {
        private @Nullable LocalJob<?> head;

        synchronized void add(LocalJob<?> job) {
            LocalJob<?> first = head;
            job.next = first;
            if (first != null) {
                first.previous = job;
            }
            head = job;
        }

        synchronized void remove(LocalJob<?> job) {
            LocalJob<?> before = job.previous;
            LocalJob<?> after = job.next;
            if (before == null) {
                head = after;
            } else {
                before.next = after;
            }
            if (after != null) {
                after.previous = before;
            }
            job.previous = null;
            job.next = null;
        }

        synchronized boolean isEmpty() {
            return head == null;
        }

        synchronized void addTo(List<LocalJob<?>> all) {
            for (LocalJob<?> job = head; job != null; job = job.next) {
                all.add(job);
            }
        }
    }
}
