package dev.gearshift.imgur;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who a client speaks as: an application, or a user with tokens that are renewed once for all calls that need it. */
final class Credentials {
    private static final System.Logger LOG = System.getLogger("dev.gearshift.imgur");

    /** An access token is renewed this long before it stops working. */
    private static final Duration EARLY = Duration.ofSeconds(30);

    /** What was renewed so recently is not to blame. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final String clientId;
    private final @Nullable String clientSecret;
    private final Clock clock;
    private final Consumer<ImgurTokens> onNewTokens;
    private final Set<String> secrets = new CopyOnWriteArraySet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ImgurTokens tokens;
    private @Nullable CompletableFuture<ImgurTokens> refresh;
    private Instant renewed = Instant.MIN;

    Credentials(
            String clientId,
            @Nullable String clientSecret,
            Collection<String> otherSecrets,
            @Nullable ImgurTokens tokens,
            Clock clock,
            Consumer<ImgurTokens> onNewTokens) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.tokens = tokens;
        this.clock = clock;
        this.onNewTokens = onNewTokens;
        secrets.add(clientId);
        otherSecrets.forEach(this::keepSecret);
        if (clientSecret != null) {
            secrets.add(clientSecret);
        }
        if (tokens != null) {
            keepSecret(tokens);
        }
    }

    /** Every secret of the client, to be masked in texts. */
    Set<String> secrets() {
        return secrets;
    }

    boolean hasUser() {
        return tokens() != null;
    }

    @Nullable
    ImgurTokens tokens() {
        lock.lock();
        try {
            return tokens;
        } finally {
            lock.unlock();
        }
    }

    /** The header's value for the tokens, or for the application if there are none. */
    String header(@Nullable ImgurTokens of) {
        return of == null ? "Client-ID " + clientId : "Bearer " + of.accessToken();
    }

    /** Whether the tokens are known to have expired, or to expire at once. */
    boolean expired(ImgurTokens of) {
        return of.expiresAt() != null && !clock.instant().plus(EARLY).isBefore(of.expiresAt());
    }

    /** Whether an answer that turned the tokens away may be about their age. */
    boolean mayBeStale(ImgurTokens of, ErrorAnswer answer) {
        if (!canRefresh() || (of.equals(tokens()) && renewedJustNow())) {
            return false;
        }
        return switch (answer.status()) {
            case 401 -> true;
            case 403 -> answer.speaksOfToken();
            case 429 -> of.expiresAt() == null || expired(of);
            default -> false;
        };
    }

    private boolean renewedJustNow() {
        lock.lock();
        try {
            return renewed.isAfter(clock.instant().minus(FRESH));
        } finally {
            lock.unlock();
        }
    }

    boolean canRefresh() {
        ImgurTokens now = tokens();
        return clientSecret != null && now != null && now.refreshToken() != null;
    }

    /**
     * Newer tokens than these: those that another call has brought meanwhile, or those of a refresh, of which there is
     * one at a time.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Only the effect is wanted.
    CompletableFuture<ImgurTokens> newerThan(ImgurTokens stale, Supplier<CompletableFuture<ImgurTokens>> startRefresh) {
        CompletableFuture<ImgurTokens> shared;
        lock.lock();
        try {
            if (tokens != null && !tokens.accessToken().equals(stale.accessToken())) {
                return CompletableFuture.completedFuture(tokens);
            }
            if (refresh != null) {
                return refresh.copy();
            }
            shared = new CompletableFuture<>();
            refresh = shared;
        } finally {
            lock.unlock();
        }
        CompletableFuture<ImgurTokens> brought;
        try {
            brought = startRefresh.get();
        } catch (RuntimeException e) {
            brought = CompletableFuture.failedFuture(e);
        }
        brought.whenComplete((value, failure) -> {
            lock.lock();
            try {
                refresh = null;
            } finally {
                lock.unlock();
            }
            if (failure == null) {
                shared.complete(value);
            } else {
                shared.completeExceptionally(failure);
            }
        });
        return shared.copy();
    }

    /** Takes new tokens over and tells the application. */
    ImgurTokens adopt(ImgurTokens fresh) {
        ImgurTokens whole;
        lock.lock();
        try {
            ImgurTokens old = tokens;
            whole = new ImgurTokens(
                    fresh.accessToken(),
                    fresh.refreshToken() == null && old != null ? old.refreshToken() : fresh.refreshToken(),
                    fresh.expiresAt(),
                    fresh.accountUsername() == null && old != null ? old.accountUsername() : fresh.accountUsername());
            keepSecret(whole);
            tokens = whole;
            renewed = clock.instant();
        } finally {
            lock.unlock();
        }
        try {
            onNewTokens.accept(whole);
        } catch (Throwable e) { // Also what is no RuntimeException: calls wait for the tokens.
            LOG.log(System.Logger.Level.WARNING, "The listener for new tokens failed: " + e.getClass());
        }
        return whole;
    }

    /** Behind a scheme, as in {@code Bearer …}, the rest is one by itself. */
    private void keepSecret(String header) {
        for (String part : List.of(header, header.substring(header.lastIndexOf(' ') + 1))) {
            if (ApiAccess.mayBeSecret(part)) {
                secrets.add(part);
            }
        }
    }

    private void keepSecret(ImgurTokens of) {
        secrets.add(of.accessToken());
        if (of.refreshToken() != null) {
            secrets.add(of.refreshToken());
        }
    }

    String clientId() {
        return clientId;
    }

    @Nullable
    String clientSecret() {
        return clientSecret;
    }
}
