package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gives out Imgur's credits before they are spent, so that no number of callers together spends more than there are.
 *
 * <p>There are three {@link Allowance allowances}: the application's for the day, this address's or user's for the hour,
 * and posts for the hour; and the caller's own budget. A call needs its cost from the first two, and a post one of the
 * third. Who cannot have it yet waits in line, as a future and not as a thread; those behind pass if they need none of
 * what the line waits for, so that an exhausted limit of posts holds up no reading.
 *
 * <p>As long as nothing is known, few calls are let go at once: one, and one more after each answer that told nothing. So
 * a server that counts no credits is soon asked by many, and one of which the first answers came from a cache has told
 * before there are many. Posts and reads are counted apart for that: an upload may take minutes, and a read beside it
 * soon tells. What reads tell says nothing of the limit of posts; as long as that is unknown, few posts go at once, too.
 */
final class CreditGovernor {
    private static final long POST = 1;

    private final CreditPolicy policy;
    private final Clock clock;
    private final Timer timer;
    private final Allowance day;
    private final Allowance hour = new Allowance("this hour's credits", Duration.ofHours(1), 0);
    private final Allowance posts = new Allowance("this hour's posts", Duration.ofHours(1), 0);

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Waiter> line = new LinkedHashSet<>();
    private long spent;
    private long postsWaiting;
    private long postsInFlight;
    private long readsInFlight;
    private long probes = 1;
    private long postProbes = 1;
    private Instant alarm = Instant.MAX;
    private Runnable alarmOff = () -> {};

    /** What the thread has yet to answer, while it is at it. */
    private final ThreadLocal<@Nullable Deque<Runnable>> answering = new ThreadLocal<>();

    CreditGovernor(CreditPolicy policy, Clock clock, Timer timer) {
        this.policy = policy;
        this.clock = clock;
        this.timer = timer;
        day = new Allowance("the application's credits for today", Duration.ofDays(1), policy.dailyMargin());
    }

    /** What came of asking. */
    sealed interface Grant permits Reservation, Shortage {}

    /**
     * There are not enough.
     *
     * @param of what
     * @param until when there may be more; {@code null} for never
     * @param today whether it is the day's credits that lack: nobody waits for them, and {@code until} is the latest time,
     *     a day after they were last told, as Imgur does not tell when the day is over
     */
    record Shortage(String of, @Nullable Instant until, boolean today) implements Grant {}

    private static final class Waiter {
        private final Endpoint call;
        private final Instant deadline;
        private final CompletableFuture<Grant> answer = new CompletableFuture<>();

        Waiter(Endpoint call, Instant deadline) {
            this.call = call;
            this.deadline = deadline;
        }
    }

    /** Credits for one attempt. It ends by {@link #answered}, {@link #failed} or {@link #release}, whichever comes first. */
    final class Reservation implements Grant {
        private final Endpoint call;
        private final List<Allowance.Hold> holds;
        private boolean ended;

        private Reservation(Endpoint call, List<Allowance.Hold> holds) {
            this.call = call;
            this.holds = holds;
        }

        /** How many it holds. */
        long cost() {
            return call.cost();
        }

        /**
         * The attempt was answered, and may have been charged.
         *
         * @param limits what the answer told
         */
        void answered(@Nullable RateLimits limits) {
            ended(limits, width -> width + 1);
        }

        /**
         * The attempt might go well another time, and may have been charged all the same.
         *
         * @param limits what the answer told
         */
        void failed(@Nullable RateLimits limits) {
            ended(limits, width -> Math.max(1, width / 2));
        }

        private void ended(@Nullable RateLimits limits, LongUnaryOperator widening) {
            end(() -> {
                if (holds.isEmpty()) {
                    return;
                }
                holds.forEach(hold -> end(hold, limits, clock.instant()));
                // What is answered late, of a window that is over, says nothing of how many may be sent in this.
                boolean current = holds.stream().allMatch(Allowance.Hold::isOfThisWindow);
                boolean sure = isOneKnown() && day.isConfirmed() && hour.isConfirmed();
                if (sure) {
                    probes = 1;
                } else if (current) {
                    probes = widening.applyAsLong(probes);
                }
                if (call.posts() && posts.isKnown() && posts.isConfirmed()) {
                    postProbes = 1;
                } else if (call.posts() && current) {
                    postProbes = widening.applyAsLong(postProbes);
                }
            });
        }

        /**
         * The attempt was turned away until then, and not told how many are left: nothing of its kind is.
         *
         * @param until when it may be asked again
         */
        void refused(Instant until) {
            end(() -> {
                probes = 1;
                postProbes = 1;
                for (Allowance.Hold hold : holds) {
                    if (hold.allowance() == (call.posts() ? posts : hour)) {
                        hold.allowance().end(hold, 0L, null, until, clock.instant());
                    } else {
                        hold.allowance().endSilently(hold, clock.instant());
                    }
                }
            });
        }

        /** The attempt was not made. */
        void release() {
            end(() -> {
                holds.forEach(hold -> hold.allowance().release(hold));
                spent -= cost();
            });
        }

        private void end(Allowance.Hold hold, @Nullable RateLimits limits, Instant now) {
            Allowance of = hold.allowance();
            if (limits == null) {
                of.endSilently(hold, now);
            } else if (of == day) {
                of.end(hold, limits.clientRemaining(), limits.clientLimit(), null, now);
            } else if (of == hour) {
                of.end(hold, limits.userRemaining(), limits.userLimit(), limits.userReset(), now);
            } else {
                of.end(hold, limits.postRemaining(), limits.postLimit(), limits.postReset(), now);
            }
        }

        private void end(Runnable accounting) {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                ended = true;
                if (!holds.isEmpty()) {
                    inFlight(call, -1);
                }
                accounting.run();
            } finally {
                lock.unlock();
            }
            serve();
        }
    }

    /** Asks for the credits of an attempt. Cancelling the future leaves the line; what costs nothing never stands in it. */
    @SuppressWarnings("FutureReturnValueIgnored") // Only the effect is wanted.
    CompletableFuture<Grant> ask(Endpoint call) {
        Waiter waiter = new Waiter(call, clock.instant().plus(policy.longestWait()));
        lock.lock();
        try {
            if (call.cost() == 0) {
                return CompletableFuture.completedFuture(new Reservation(call, List.of()));
            }
            line.add(waiter);
            postsWaiting += call.posts() ? 1 : 0;
        } finally {
            lock.unlock();
        }
        serve();
        if (!waiter.answer.isDone()) {
            waiter.answer.whenComplete((grant, cancelled) -> {
                if (cancelled != null) {
                    leave(waiter);
                }
            });
        }
        return waiter.answer;
    }

    private void leave(Waiter waiter) {
        lock.lock();
        try {
            if (line.remove(waiter)) {
                left(waiter);
            }
        } finally {
            lock.unlock();
        }
        serve();
    }

    /** Whether a call would be refused now. */
    @Nullable
    Shortage shortageFor(Endpoint call) {
        lock.lock();
        try {
            Instant now = clock.instant();
            return shortage(new Waiter(call, now.plus(policy.longestWait())), now);
        } finally {
            lock.unlock();
        }
    }

    /** Credits that attempts have cost so far, also those under way, whether or not Imgur charged them. */
    long spent() {
        lock.lock();
        try {
            return spent;
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        List<Runnable> answers = new ArrayList<>();
        lock.lock();
        try {
            Instant now = clock.instant();
            Instant next = Instant.MAX;
            Set<Allowance> awaited = new HashSet<>();
            Iterator<Waiter> waiters = line.iterator();
            while (waiters.hasNext() && !awaited.contains(day) && !awaited.contains(hour)) {
                Waiter waiter = waiters.next();
                Grant grant = grant(waiter, now, awaited);
                if (grant != null) {
                    waiters.remove();
                    left(waiter);
                    answers.add(() -> answer(waiter, grant));
                    continue;
                }
                if (isProbing(waiter.call.posts())) {
                    if (isProbing(!waiter.call.posts()) || nobodyWaits(!waiter.call.posts())) {
                        break;
                    }
                    continue;
                }
                for (Allowance allowance : needed(waiter.call)) {
                    long cost = cost(waiter.call, allowance);
                    if (!allowance.has(cost, margin(waiter.call))) {
                        awaited.add(allowance);
                    }
                    // Where calls are under way, their answers come here by themselves.
                    if (allowance.lacks(cost, margin(waiter.call))
                            && allowance.resets().isBefore(next)) {
                        next = allowance.resets();
                    }
                }
            }
            wakeAt(next, now);
        } finally {
            lock.unlock();
        }
        run(answers);
    }

    /** Whoever is given credits may give them back at once, and so on: that goes on here, and not deeper and deeper. */
    private void run(List<Runnable> answers) {
        Deque<Runnable> begun = answering.get();
        if (begun != null) {
            begun.addAll(answers);
            return;
        }
        Deque<Runnable> all = new ArrayDeque<>(answers);
        answering.set(all);
        try {
            for (Runnable next = all.poll(); next != null; next = all.poll()) {
                next.run();
            }
        } finally {
            answering.remove();
        }
    }

    private void left(Waiter waiter) {
        postsWaiting -= waiter.call.posts() ? 1 : 0;
    }

    private boolean nobodyWaits(boolean posts) {
        return postsWaiting == (posts ? 0 : line.size());
    }

    private static void answer(Waiter waiter, Grant grant) {
        if (!waiter.answer.complete(grant) && grant instanceof Reservation reservation) {
            reservation.release();
        }
    }

    private @Nullable Grant grant(Waiter waiter, Instant now, Set<Allowance> awaited) {
        Shortage shortage = shortage(waiter, now);
        if (shortage != null) {
            return shortage;
        }
        if (isProbing(waiter.call.posts())) {
            return null;
        }
        List<Allowance> needed = needed(waiter.call);
        for (Allowance allowance : needed) {
            if (awaited.contains(allowance) || !allowance.has(cost(waiter.call, allowance), margin(waiter.call))) {
                return null;
            }
        }
        inFlight(waiter.call, 1);
        spent += waiter.call.cost();
        List<Allowance.Hold> holds = List.of(
                day.hold(cost(waiter.call, day), waiter.call.posts()),
                hour.hold(cost(waiter.call, hour), waiter.call.posts()),
                posts.hold(cost(waiter.call, posts), waiter.call.posts()));
        return new Reservation(waiter.call, holds);
    }

    private void inFlight(Endpoint call, int more) {
        if (call.posts()) {
            postsInFlight += more;
        } else {
            readsInFlight += more;
        }
    }

    /**
     * Whether nothing is known, or no longer for sure, and as many posts, or reads, are on their way to find out as may
     * be.
     */
    private boolean isProbing(boolean ofPosts) {
        return (!isOneKnown() && (ofPosts ? postsInFlight : readsInFlight) >= probes)
                || day.isProbedBy(probes, ofPosts)
                || hour.isProbedBy(probes, ofPosts)
                || (ofPosts && !posts.isKnown() && postsInFlight >= postProbes)
                || (ofPosts && posts.isProbedBy(postProbes, true));
    }

    private boolean isOneKnown() {
        return day.isKnown() || hour.isKnown();
    }

    private @Nullable Shortage shortage(Waiter waiter, Instant now) {
        int cost = waiter.call.cost();
        if (policy.budget() != null && spent + cost > policy.budget()) {
            return new Shortage("the budget of " + policy.budget() + " credits", null, false);
        }
        for (Allowance allowance : needed(waiter.call)) {
            allowance.expire(now);
            if (allowance.lacks(cost(waiter.call, allowance), margin(waiter.call))
                    && (allowance == day || allowance.resets().isAfter(waiter.deadline))) {
                return new Shortage(allowance.toString(), allowance.resets(), allowance == day);
            }
        }
        return null;
    }

    private List<Allowance> needed(Endpoint call) {
        return call.posts() ? List.of(day, hour, posts) : List.of(day, hour);
    }

    private long cost(Endpoint call, Allowance allowance) {
        if (allowance != posts) {
            return call.cost();
        }
        return call.posts() ? POST : 0;
    }

    /** The margin of the day is there for whoever asks whether the day has begun anew. */
    private Allowance.Margin margin(Endpoint call) {
        return call.equals(Endpoint.CREDITS) ? Allowance.Margin.TAKEN : Allowance.Margin.KEPT;
    }

    private void wakeAt(Instant next, Instant now) {
        if (next.equals(alarm)) {
            return;
        }
        alarmOff.run();
        alarm = next;
        alarmOff = next.equals(Instant.MAX)
                ? () -> {}
                : timer.after(max(Duration.between(now, next), Duration.ofMillis(1)), this::alarmRang);
    }

    private void alarmRang() {
        lock.lock();
        try {
            alarm = Instant.MAX;
        } finally {
            lock.unlock();
        }
        serve();
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
