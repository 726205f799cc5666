package dev.gearshift.imgur.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the credits: one purse for the client, one for whoever calls with its id, one for each account, and
 * one for posts. A call is paid before it is answered, from all its purses or not at all. Thread-safe.
 */
final class CreditLedger {

    private static final Duration CLIENT_WINDOW = Duration.ofDays(1);
    private static final int COST_OF_A_POST = 1;

    /** Of more, the first are forgotten, and begin anew. */
    static final int MAX_ACCOUNTS = 2000;

    private final Clock clock;
    private final CreditLimits limits;
    private final Purse client;
    private final Purse user;
    private final Purse posts;
    private final Map<Account, Purse> accounts = new LinkedHashMap<>();

    CreditLedger(CreditLimits limits, Clock clock) {
        this.clock = clock;
        this.limits = limits;
        this.client = new Purse(limits.client(), CLIENT_WINDOW);
        this.user = new Purse(limits.user(), limits.window());
        this.posts = new Purse(limits.posts(), limits.window());
    }

    /** Which purse was too small. */
    enum Lack {
        USER,
        CLIENT,
        POSTS
    }

    /**
     * What is left after a call.
     *
     * @param lack what the call could not be paid from; null if it was paid
     * @param userReset when the user's credits come back, in seconds since 1970
     * @param postReset in how many seconds the posts come back
     */
    record Credits(
            @Nullable Lack lack,
            int userLimit,
            int userRemaining,
            long userReset,
            int clientLimit,
            int clientRemaining,
            int postLimit,
            int postRemaining,
            long postReset) {}

    synchronized Credits pay(@Nullable Account account, int cost, boolean post) {
        Purse own = purse(account);
        Lack lack = null;
        if (post && posts.left() < COST_OF_A_POST) {
            lack = Lack.POSTS;
        } else if (own.left() < cost) {
            lack = Lack.USER;
        } else if (client.left() < cost) {
            lack = Lack.CLIENT;
        } else {
            own.take(cost);
            client.take(cost);
            posts.take(post ? COST_OF_A_POST : 0);
        }
        return credits(lack, own);
    }

    synchronized Credits left(@Nullable Account account) {
        return credits(null, purse(account));
    }

    private Credits credits(@Nullable Lack lack, Purse own) {
        return new Credits(
                lack,
                own.limit,
                own.left(),
                own.reset,
                client.limit,
                client.left(),
                posts.limit,
                posts.left(),
                posts.reset - now());
    }

    private Purse purse(@Nullable Account account) {
        if (account == null) {
            return user;
        }
        Purse purse = accounts.computeIfAbsent(account, key -> new Purse(limits.account(), limits.window()));
        if (accounts.size() > MAX_ACCOUNTS) {
            accounts.remove(accounts.keySet().iterator().next());
        }
        return purse;
    }

    synchronized int accounts() {
        return accounts.size();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private final class Purse {

        private final int limit;
        private final long window;
        private int remaining;
        private long reset;

        Purse(int limit, Duration window) {
            this.limit = limit;
            this.window = window.toSeconds();
            this.remaining = limit;
            this.reset = now() + this.window;
        }

        int left() {
            if (now() >= reset) {
                reset = now() + window;
                remaining = limit;
            }
            return remaining;
        }

        void take(int cost) {
            remaining -= cost;
        }
    }
}
