package dev.gearshift.executors.local;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of bodies at once, each handed to what starts it soon, on another thread. Some of them may have a
 * limit of their own; those that wait for it hold up no others.
 */
final class FreshThreads implements Workers {
    private static final System.Logger LOG = System.getLogger(FreshThreads.class.getName());

    private final Consumer<LocalJob<?>> starter;
    private final int limit;
    private final Predicate<LocalJob<?>> special;
    private final int specialLimit;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final ArrayDeque<LocalJob<?>> usual = new ArrayDeque<>();
    private final ArrayDeque<LocalJob<?>> specials = new ArrayDeque<>();
    private int running;
    private int specialsRunning;

    /** How many of those that wait were given up, or a few more: some of them have waited elsewhere. */
    private int dropped;

    FreshThreads(Consumer<LocalJob<?>> starter, int limit) {
        this(starter, limit, job -> false, limit);
    }

    /** At most {@code specialLimit} of the {@code limit} bodies are of the special kind. */
    FreshThreads(Consumer<LocalJob<?>> starter, int limit, Predicate<LocalJob<?>> special, int specialLimit) {
        this.starter = starter;
        this.limit = limit;
        this.special = special;
        this.specialLimit = specialLimit;
    }

    @Override
    public int parallelism() {
        return limit;
    }

    @Override
    public void execute(LocalJob<?> job) {
        boolean isSpecial = special.test(job);
        lock.lock();
        try {
            if (running == limit || (isSpecial && specialsRunning == specialLimit)) {
                (isSpecial ? specials : usual).add(job);
                return;
            }
            count(isSpecial, 1);
        } finally {
            lock.unlock();
        }
        try {
            starter.accept(job);
        } catch (Throwable e) {
            bodyEnded(job);
            throw e;
        }
    }

    @Override
    public void bodyEnded(LocalJob<?> job) {
        LocalJob<?> ended = job;
        for (LocalJob<?> next = swap(ended); next != null; next = swap(ended)) {
            try {
                starter.accept(next);
                return;
            } catch (Throwable e) {
                if (waitsAgain(next)) {
                    LOG.log(Level.WARNING, "A thread cannot be started: tasks wait for those that run", e);
                    return;
                }
                next.notStarted(e);
                ended = next;
            }
        }
    }

    /** Those that were given up are never more than those that wait. */
    @Override
    public void dropped(LocalJob<?> job) {
        lock.lock();
        try {
            dropped++;
            tidy();
        } finally {
            lock.unlock();
        }
    }

    private void tidy() {
        if (2 * dropped > usual.size() + specials.size()) {
            usual.removeIf(LocalJob::isOver);
            specials.removeIf(LocalJob::isOver);
            dropped = 0;
        }
    }

    private void count(boolean isSpecial, int by) {
        running += by;
        if (isSpecial) {
            specialsRunning += by;
        }
    }

    /** The place of one goes to the next, if there is one. */
    private @Nullable LocalJob<?> swap(LocalJob<?> ended) {
        boolean wasSpecial = special.test(ended);
        lock.lock();
        try {
            count(wasSpecial, -1);
            LocalJob<?> next = next();
            if (next != null) {
                count(special.test(next), 1);
            }
            tidy();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest that may run. */
    private @Nullable LocalJob<?> next() {
        LocalJob<?> first = firstOf(usual);
        LocalJob<?> firstSpecial = specialsRunning < specialLimit ? firstOf(specials) : null;
        if (first == null || (firstSpecial != null && firstSpecial.number() < first.number())) {
            return firstSpecial == null ? null : specials.poll();
        }
        return usual.poll();
    }

    /** Without those that were given up. */
    private @Nullable LocalJob<?> firstOf(ArrayDeque<LocalJob<?>> queue) {
        while (!queue.isEmpty() && queue.peek().isOver()) {
            queue.poll();
            dropped = Math.max(0, dropped - 1);
        }
        return queue.peek();
    }

    /** If others run, the end of one of them gives it another chance. */
    private boolean waitsAgain(LocalJob<?> job) {
        boolean isSpecial = special.test(job);
        lock.lock();
        try {
            boolean othersRun = isSpecial ? specialsRunning > 1 : running > 1;
            if (othersRun) {
                (isSpecial ? specials : usual).addFirst(job);
                count(isSpecial, -1);
            }
            return othersRun;
        } finally {
            lock.unlock();
        }
    }

    /** The threads end with their jobs. */
    @Override
    public void close() {}

    @Override
    public void awaitGone(long deadline) throws InterruptedException {}
}
