package dev.gearshift.imgur.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The access tokens that were given out and have not expired; the oldest are forgotten for new ones. Thread-safe. */
final class AccessTokens {

    private static final int MAX_TOKENS = 1000;
    private static final String REFRESH_PREFIX = "refresh-";

    private final Clock clock;
    private final Duration lifetime;
    private final Map<String, Grant> grants = new LinkedHashMap<>();

    AccessTokens(Duration lifetime, Clock clock) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    private record Grant(Account account, Instant end) {}

    /** The name in a refresh token; null if it is none. */
    static @Nullable String nameIn(String refreshToken) {
        return refreshToken.startsWith(REFRESH_PREFIX) ? refreshToken.substring(REFRESH_PREFIX.length()) : null;
    }

    static String refreshToken(String name) {
        return REFRESH_PREFIX + name;
    }

    Duration lifetime() {
        return lifetime;
    }

    synchronized String issue(Account account) {
        if (grants.size() == MAX_TOKENS) {
            grants.remove(grants.keySet().iterator().next());
        }
        String token = "access-" + UUID.randomUUID();
        grants.put(token, new Grant(account, clock.instant().plus(lifetime)));
        return token;
    }

    /** Whose token it is; null if it is unknown or has expired. */
    synchronized @Nullable Account holder(String token) {
        Grant grant = grants.get(token);
        if (grant == null || clock.instant().isBefore(grant.end)) {
            return grant == null ? null : grant.account;
        }
        grants.remove(token);
        return null;
    }

    synchronized void expire(String token) {
        grants.remove(token);
    }

    synchronized void expireAll() {
        grants.clear();
    }
}
