package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerSnapshot.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who gets which task, and how many workers there should be. Used under the pool's lock; nothing here waits, is written,
 * or starts a process.
 *
 * <pre>
 *   add --&gt; queue --serve--&gt; a worker that is idle ----+
 *             ^  \                                      +--&gt; the worker's trips --&gt; answered
 *             |   +-supply-&gt; one that has little left --+          |
 *             |                                                    |
 *             +--- queueAgain: it dies, or leaves -----------------+
 *                  takesFromAnother: one that is idle takes half --+
 * </pre>
 */
final class Dispatch {
    private final ProcessPool pool;
    private final int parallelism;
    private final ProcessSettings settings;

    private final ArrayDeque<Errand> queue = new ArrayDeque<>();
    private final Set<WorkerProcess> workers = new LinkedHashSet<>();

    /** Those that have nothing to do, the latest first. */
    private final ArrayDeque<WorkerProcess> idle = new ArrayDeque<>();

    /** Those that have been given something that is not sent. */
    private final List<WorkerProcess> toFlush = new ArrayList<>();

    /** How many tasks a worker has at once, lately; read without the lock too. */
    private volatile int carried = 1;

    private int withdrawn;
    private int starting;
    private int leaving;
    private boolean shrinksLater;
    private boolean closing;

    Dispatch(ProcessPool pool, int parallelism, ProcessSettings settings) {
        this.pool = pool;
        this.parallelism = parallelism;
        this.settings = settings;
    }

    /** Thread-safe. */
    int carried() {
        return carried;
    }

    // Tasks that wait.

    void add(Errand errand) {
        queue.add(errand);
    }

    boolean isNoneWaiting() {
        return queue.isEmpty();
    }

    /** Removes all that wait. */
    List<Errand> removeAll() {
        List<Errand> all = List.copyOf(queue);
        queue.clear();
        return all;
    }

    /** Removes those that are equal to that one, here and where they wait in a worker. */
    List<Errand> removeLike(Errand one) {
        List<Errand> alike = new ArrayList<>();
        queue.removeIf(errand -> one.isLike(errand) && alike.add(errand));
        for (WorkerProcess worker : workers) {
            for (Errand.Trip trip : worker.trips()) {
                if (one.isLike(trip.errand) && takeBack(trip)) {
                    alike.add(trip.errand);
                }
            }
        }
        return alike;
    }

    /** Those that were cancelled while they waited are not kept for long. */
    void withdrawn() {
        if (++withdrawn > queue.size() / 2) {
            queue.removeIf(Errand::isWithdrawn);
            withdrawn = 0;
        }
    }

    /** Takes back what has not started, in its order, before all others. */
    void queueAgain(List<Errand.Trip> trips) {
        for (int i = trips.size() - 1; i >= 0; i--) {
            if (takeBack(trips.get(i))) {
                queue.addFirst(trips.get(i).errand);
            }
        }
    }

    /** Makes it a task that waits, if its worker has not claimed it; false if it has, or it was withdrawn. */
    static boolean takeBack(Errand.Trip trip) {
        return !trip.revoked && trip.revoke() && trip.errand.home(trip) && trip.errand.queued();
    }

    // Workers.

    List<WorkerProcess> workers() {
        return List.copyOf(workers);
    }

    /** Whether all that there are have not started yet. */
    boolean isNobodyReady() {
        return workers.size() == starting;
    }

    void starts(WorkerProcess worker) {
        workers.add(worker);
        starting++;
    }

    void isReady(WorkerProcess worker) {
        starting--;
        if (worker.state() != State.ENDING) {
            idles(worker);
        }
    }

    /** It gets no more tasks. */
    void leaves(WorkerProcess worker) {
        if (worker.state() != State.ENDING) {
            worker.is(State.ENDING);
            leaving++;
        }
    }

    /** It is gone, with all that it carried; what it was. */
    State remove(WorkerProcess worker) {
        State before = worker.state();
        workers.remove(worker);
        idle.remove(worker);
        starting -= before == State.STARTING ? 1 : 0;
        leaving -= before == State.ENDING ? 1 : 0;
        worker.isGone();
        return before;
    }

    /** No task comes any more: those that have none are let go, now or when they have none. */
    void close() {
        closing = true;
        idle.forEach(this::end);
        idle.clear();
    }

    /** Lets those go that have had nothing to do for long. */
    void shrink() {
        shrinksLater = false;
        long most = TimeUnit.NANOSECONDS.convert(settings.idleTimeout());
        while (idle.size() > settings.spares() && !closing) {
            long left = most - (System.nanoTime() - idle.getLast().idleSince());
            if (left > 0) {
                shrinksLater = true;
                pool.shrinkLater(Duration.ofNanos(left));
                return;
            }
            end(idle.removeLast());
        }
    }

    /** How many should be started. */
    int missing() {
        int living = workers.size() - leaving;
        if (closing || living >= parallelism + settings.spares()) {
            return 0; // As for almost every task.
        }
        int behind = 0;
        for (WorkerProcess worker : workers) {
            behind += worker.behind();
        }
        int wanted = Math.min(parallelism, busy() + queue.size() + behind) + settings.spares();
        return Math.min(wanted - living, living == 0 ? Math.max(1, affordable()) : affordable());
    }

    /** Those that neither start, nor leave, nor have nothing to do. */
    private int busy() {
        return workers.size() - leaving - starting - idle.size();
    }

    private int affordable() {
        return settings.memoryBudget() == 0
                ? Integer.MAX_VALUE
                : affordable(
                        settings.memoryBudget(),
                        workers.stream().mapToLong(WorkerProcess::residentBytes).toArray());
    }

    /**
     * For how many more the budget is, each as large as the largest; for none before one was seen, and for any number where
     * they cannot be.
     */
    static int affordable(long budget, long... residentBytes) {
        long largest = 0;
        boolean isUnknown = false;
        for (long bytes : residentBytes) {
            largest = Math.max(largest, bytes);
            isUnknown |= bytes < 0;
        }
        if (largest == 0) {
            return isUnknown ? Integer.MAX_VALUE : 0;
        }
        long left = budget;
        for (long bytes : residentBytes) {
            left -= bytes(bytes, largest);
        }
        return left < 0 ? 0 : (int) Math.min(left / largest, Integer.MAX_VALUE);
    }

    private long largest() {
        return workers.stream().mapToLong(WorkerProcess::residentBytes).max().orElse(0);
    }

    /** One that was not seen may be as large as any. */
    private static long bytes(long residentBytes, long largest) {
        return residentBytes > 0 ? residentBytes : largest;
    }

    /** Lets workers go while all together have too much memory: idle ones first, the one that has been so longest before. */
    private void keepWithinBudget(WorkerProcess worker) {
        if (settings.memoryBudget() == 0) {
            return;
        }
        long largest = Math.max(0, largest());
        long tooMuch = -settings.memoryBudget();
        for (WorkerProcess each : workers) {
            tooMuch += each.isOnItsWay() ? 0 : bytes(each.residentBytes(), largest);
        }
        while (tooMuch > 0 && !idle.isEmpty()) {
            WorkerProcess longest = idle.removeLast();
            tooMuch -= bytes(longest.residentBytes(), largest);
            end(longest);
        }
        // One that is as small as they come would only be followed by such another.
        if (tooMuch > 0 && (workers.size() - leaving > 1 || worker.hasOutgrown(settings.memoryBudget()))) {
            worker.isToGo();
        }
    }

    private void end(WorkerProcess worker) {
        leaves(worker);
        worker.end();
        flushLater(worker);
        pool.killLater(worker, settings.exitGrace()); // If it does not leave.
    }

    // Who gets what.

    /** Gives what waits to those who are idle. */
    void serve() {
        while (!idle.isEmpty() && busy() < parallelism) {
            WorkerProcess worker = idle.pop();
            if (worker.isSpent()) {
                end(worker);
            } else if (queue.isEmpty() && !takesFromAnother(worker)) {
                idle.push(worker);
                return;
            } else if (worker.carriesNothing() && !give(worker, queue.remove())) {
                idle.push(worker);
            }
        }
    }

    /** A worker is done with its first task, and gets what it should have; without anything for it, it is idle. */
    void proceeds(WorkerProcess worker) {
        worker.answersFirst();
        if (worker.state() == State.ENDING) {
            queueAgain(worker.trips());
            pool.killLater(worker, settings.exitGrace()); // If it does not leave, or is not killed sooner.
            return;
        }
        if (!worker.carriesNothing()) {
            pool.watch(worker);
        }
        keepWithinBudget(worker);
        supply(worker);
        if (!worker.carriesNothing()) {
            return;
        }
        if (closing || worker.isSpent()) {
            end(worker);
        } else {
            idles(worker);
        }
    }

    private void supply(WorkerProcess worker) {
        if (worker.isLow()) {
            while (!queue.isEmpty() && !worker.isSpent() && worker.hasRoomFor(queue.element())) {
                give(worker, queue.remove());
            }
            int carries = Math.max(1, worker.carried());
            carried = queue.isEmpty() ? Math.max(carried, carries) : carries;
        }
    }

    private void idles(WorkerProcess worker) {
        worker.idles();
        idle.push(worker);
        if (!shrinksLater && !settings.idleTimeout().isZero()) {
            shrinksLater = true;
            pool.shrinkLater(settings.idleTimeout());
        }
    }

    /**
     * Nothing waits here, so half of what waits behind another's task goes to this worker; whoever is done first takes
     * half of the rest, until nothing waits while somebody is idle.
     */
    private boolean takesFromAnother(WorkerProcess worker) {
        WorkerProcess busiest = worker;
        for (WorkerProcess other : workers) {
            busiest = other.behind() > busiest.behind() ? other : busiest;
        }
        List<Errand.Trip> trips = busiest.trips();
        int most = Math.min((busiest.behind() + 1) / 2, worker.mayTake());
        Deque<Errand> taken = new ArrayDeque<>();
        for (int i = trips.size() - 1; i > 0 && taken.size() < most; i--) {
            if (takeBack(trips.get(i))) {
                taken.addFirst(trips.get(i).errand);
            }
        }
        boolean any = false;
        for (Errand errand : taken) {
            any |= give(worker, errand);
        }
        return any;
    }

    /** False if it was withdrawn. */
    private boolean give(WorkerProcess worker, Errand errand) {
        boolean isFirst = worker.carriesNothing();
        if (!worker.carries(errand)) {
            return false;
        }
        flushLater(worker);
        if (isFirst) {
            pool.watch(worker);
        }
        return true;
    }

    private void flushLater(WorkerProcess worker) {
        if (toFlush.isEmpty() || toFlush.get(toFlush.size() - 1) != worker) {
            toFlush.add(worker);
        }
    }

    /** Those that have been given something since this was asked last. */
    List<WorkerProcess> toFlush() {
        if (toFlush.isEmpty()) {
            return List.of();
        }
        List<WorkerProcess> given = List.copyOf(toFlush);
        toFlush.clear();
        return given;
    }
}
