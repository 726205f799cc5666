package dev.gearshift.executors.local;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of places for platform threads, and one queue. Threads start as jobs come, and go after a while
 * without one. Unlike in the JDK's pool, a thread can give up its place in the middle of a job, before it does what may
 * block: another thread takes the place over if there is work, and afterwards the first comes back if a place is free.
 */
final class ThreadPlaces implements Executor {
    private static final System.Logger LOG = System.getLogger(ThreadPlaces.class.getName());

    /** How long a thread stays with nothing to do. */
    static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final int places;

    /** What tasks find their classes with: what the opener of the executor did, on any JDK. */
    private final @Nullable ClassLoader classes = Thread.currentThread().getContextClassLoader();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition gone = lock.newCondition();

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

    /** Whether somebody was woken and has not looked at the queue yet; he wakes the next. */
    private final AtomicBoolean waking = new AtomicBoolean();

    /** How many of those that wait were given up since they were last taken out, and with how many they are. */
    private final AtomicInteger drops = new AtomicInteger();

    private volatile int mostDrops;

    // All written under the lock; the volatile ones are read without it too.
    private volatile int placesTaken;
    private volatile int idle;
    private int threads;
    private int threadsEver;
    private boolean closed;

    ThreadPlaces(String name, int places) {
        this.name = name;
        this.places = places;
    }

    int places() {
        return places;
    }

    /** Fails only if no thread runs here and none can be started; then the job is not kept. */
    @Override
    public void execute(Runnable job) {
        queue.add(job);
        try {
            callSomebody();
        } catch (Throwable e) {
            if (hasThreads()) {
                noteThatNoThreadStarts(e);
            } else {
                boolean rejected = queue.remove(job);
                endWhatWaits(e);
                if (rejected) {
                    throw e;
                }
            }
        }
    }

    /** Runs it on a thread of this or, if none can be started, on the calling one: better here than never. */
    void executeAnyhow(Runnable job) {
        try {
            execute(job);
        } catch (Throwable e) {
            job.run();
        }
    }

    /** So that it is not run here any more; false if it does not wait here, or begins. */
    boolean takeBack(Runnable job) {
        return queue.remove(job);
    }

    /**
     * A job that waits here may have been given up. Those that were are taken out now and then: they are no more than
     * waited the last time, and forgotten once nothing waits.
     */
    void dropped() {
        if (drops.incrementAndGet() < mostDrops) {
            return;
        }
        drops.set(0);
        queue.removeIf(waiting -> waiting instanceof LocalJob<?> job && job.isOver());
        mostDrops = queue.size();
    }

    /** Others have relied on the thread that did not start. */
    private void endWhatWaits(Throwable why) {
        for (Runnable waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            if (waiting instanceof LocalJob<?> job) {
                job.notRun(why);
            } else {
                waiting.run();
            }
        }
    }

    /**
     * Sees to it that the queue, which has just grown, is looked at. A thread that goes idle says so before it looks for
     * the last time, so either it finds the job or it is seen here; a busy one looks when it is done.
     */
    private void callSomebody() {
        if (mustCall()) {
            wakeOrStart();
        }
    }

    /** Whether the calling thread is the one to wake or start somebody; true for one of many who ask together. */
    private boolean mustCall() {
        return idle > 0 ? !waking.get() && waking.compareAndSet(false, true) : placesTaken < places;
    }

    private void wakeOrStart() {
        int number;
        lock.lock();
        try {
            if (idle > 0) {
                work.signal();
                return;
            }
            waking.set(false);
            if (placesTaken >= places || queue.isEmpty()) {
                return;
            }
            number = takeNewPlace();
        } finally {
            lock.unlock();
        }
        start(number);
    }

    /** If the calling thread has a place here, somebody else gets it; until the thread asks for its next job. */
    void giveUpPlace() {
        if (!(Thread.currentThread() instanceof Worker worker) || worker.owner() != this || worker.outside) {
            return;
        }
        worker.outside = true;
        lock.lock();
        try {
            changePlaces(-1);
        } finally {
            lock.unlock();
        }
        if (!queue.isEmpty()) {
            wakeOrLog();
        }
    }

    /** For a thread that goes on itself, whether another can start or not. */
    private void wakeOrLog() {
        try {
            wakeOrStart();
        } catch (Throwable e) {
            noteThatNoThreadStarts(e);
        }
    }

    private void noteThatNoThreadStarts(Throwable e) {
        try {
            LOG.log(
                    Level.WARNING,
                    "No further thread can be started for " + name + ": tasks wait for those that run",
                    e);
        } catch (Throwable alsoFailed) {
            return; // Nobody is left to tell, and the task must go on.
        }
    }

    private boolean hasThreads() {
        lock.lock();
        try {
            return threads > 0;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void changePlaces(int by) {
        placesTaken += by;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void changeIdle(int by) {
        idle += by;
    }

    private int takeNewPlace() {
        changePlaces(1);
        threads++;
        return ++threadsEver;
    }

    private void start(int number) {
        try {
            new Worker(name + "-" + number).start();
        } catch (Throwable e) {
            lock.lock();
            try {
                changePlaces(-1);
                threadGone();
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    private void threadGone() {
        threads--;
        gone.signalAll();
    }

    /** No job will come any more, and none is left: lets the threads go. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the threads are gone, but for the calling one, or {@link System#nanoTime} has come to the deadline. */
    void awaitGone(long deadline) throws InterruptedException {
        int own = Thread.currentThread() instanceof Worker worker && worker.owner() == this ? 1 : 0;
        long left = deadline - System.nanoTime();
        lock.lock();
        try {
            while (threads > own && left > 0) {
                left = gone.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Worker extends Thread {
        /** Whether this thread has no place at the moment; its own thread alone uses it. */
        private boolean outside;

        ThreadPlaces owner() {
            return ThreadPlaces.this;
        }

        Worker(String name) {
            super(null, null, name, 0, false);
            setDaemon(true);
            setContextClassLoader(classes);
        }

        @Override
        public void run() {
            boolean orderly = false;
            try {
                while (runsNext()) {
                    Thread.interrupted();
                }
                orderly = true;
            } finally {
                if (!orderly) {
                    leaves();
                }
            }
        }

        /** Keeps no job while it waits for the next. */
        private boolean runsNext() {
            Runnable job = next();
            if (job == null) {
                return false;
            }
            try {
                job.run();
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "Something failed on " + getName() + " that no task answers for", e);
            }
            return true;
        }

        /** Even the log failed. */
        private void leaves() {
            lock.lock();
            try {
                if (!outside) {
                    changePlaces(-1);
                }
                threadGone();
            } finally {
                lock.unlock();
            }
            if (!queue.isEmpty()) {
                wakeOrStart();
            }
        }

        /** The next job; null if this thread is to end. */
        private @Nullable Runnable next() {
            if (outside && !comesBack()) {
                return null;
            }
            Runnable job = queue.poll();
            if (job == null) {
                job = await();
            }
            if (job != null && !queue.isEmpty() && mustCall()) {
                wakeOrLog();
            }
            return job;
        }

        /** Takes a place again, if one is free; else the thread ends. */
        private boolean comesBack() {
            lock.lock();
            try {
                if (placesTaken >= places) {
                    threadGone();
                    return false;
                }
                outside = false;
                changePlaces(1);
                return true;
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Runnable await() {
            long left = KEEP_ALIVE_NANOS;
            lock.lock();
            try {
                changeIdle(1);
                for (Runnable job = queue.poll(); ; job = queue.poll()) {
                    if (job != null) {
                        changeIdle(-1);
                        return job;
                    }
                    if (closed || left <= 0) {
                        changePlaces(-1);
                        changeIdle(-1);
                        threadGone();
                        return null;
                    }
                    mostDrops = 0;
                    left = pause(left);
                    waking.set(false);
                }
            } finally {
                lock.unlock();
            }
        }

        @SuppressWarnings("WaitNotInLoop") // the loop is in await
        private long pause(long nanos) {
            try {
                return work.awaitNanos(nanos);
            } catch (InterruptedException e) {
                return nanos; // A late interrupt for a job that is over.
            }
        }
    }
}
