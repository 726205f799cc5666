package dev.gearshift.executors.local;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of places for platform threads, and one queue. Threads start as jobs come, and go after a while
 * without one. Unlike in the JDK's pool, a thread can give up its place in the middle of a job, before it does what may
 * block: another thread takes the place over if there is work, and afterwards the first comes back if a place is free.
 */
final class ThreadPlaces implements Executor {
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final int places;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition gone = lock.newCondition();

    // All guarded by the lock.
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private int placesTaken;
    private int idle;
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

    @Override
    public void execute(Runnable job) {
        boolean start = false;
        int number = 0;
        lock.lock();
        try {
            queue.add(job);
            if (idle > 0) {
                work.signal();
            } else if (placesTaken < places) {
                start = true;
                number = takeNewPlace();
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            start(number);
        }
    }

    /** If the calling thread has a place here, somebody else gets it; until the thread asks for its next job. */
    void giveUpPlace() {
        if (!(Thread.currentThread() instanceof Worker worker) || worker.owner() != this || worker.outside) {
            return;
        }
        worker.outside = true;
        boolean start = false;
        int number = 0;
        lock.lock();
        try {
            placesTaken--;
            if (!queue.isEmpty()) {
                if (idle > 0) {
                    work.signal();
                } else {
                    start = true;
                    number = takeNewPlace();
                }
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            start(number);
        }
    }

    private int takeNewPlace() {
        placesTaken++;
        threads++;
        return ++threadsEver;
    }

    private void start(int number) {
        try {
            new Worker(name + "-" + number).start();
        } catch (Throwable e) {
            lock.lock();
            try {
                placesTaken--;
                threadGone();
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    private void threadGone() {
        threads--;
        if (threads == 0) {
            gone.signalAll();
        }
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

    /** Waits until the threads are gone, or that many milliseconds. */
    void awaitGone(long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (threads > 0 && left > 0) {
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
        }

        @Override
        public void run() {
            for (Runnable job = next(); job != null; job = next()) {
                job.run();
                Thread.interrupted();
            }
        }

        /** The next job; null if this thread is to end. */
        private @Nullable Runnable next() {
            lock.lock();
            try {
                if (outside) {
                    if (placesTaken >= places) {
                        threadGone();
                        return null;
                    }
                    outside = false;
                    placesTaken++;
                }
                long left = KEEP_ALIVE_NANOS;
                while (queue.isEmpty()) {
                    if (closed || left <= 0) {
                        placesTaken--;
                        threadGone();
                        return null;
                    }
                    idle++;
                    try {
                        left = work.awaitNanos(left);
                    } catch (InterruptedException e) {
                        // A late interrupt for a job that is over; the wait goes on.
                    } finally {
                        idle--;
                    }
                }
                return queue.remove();
            } finally {
                lock.unlock();
            }
        }
    }
}
