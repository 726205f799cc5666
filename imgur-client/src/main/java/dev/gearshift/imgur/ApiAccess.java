package dev.gearshift.imgur;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.gearshift.imgur.internal.Backoff;
import dev.gearshift.imgur.internal.HttpEngine;
import dev.gearshift.imgur.internal.Json;
import dev.gearshift.imgur.internal.RetryBudget;
import dev.gearshift.imgur.internal.Secrets;
import dev.gearshift.imgur.internal.SmallModels;
import dev.gearshift.imgur.internal.Timer;
import dev.gearshift.imgur.internal.TokenModels;
import dev.gearshift.imgur.internal.WatchedBody;
import dev.gearshift.imgur.model.Basic;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all calls of a client share, and the calls under way. */
final class ApiAccess implements AutoCloseable {

    /**
     * How the client was set up.
     *
     * @param headers for each request, beside those it has anyway
     * @param timeout of an attempt, to the last byte
     */
    record Setup(
            URI apiUri,
            String userAgent,
            ImmutableMap<String, String> headers,
            Duration timeout,
            int maxAttempts,
            Backoff backoff,
            Clock clock) {}

    /** A form is sent at this rate at least, beside the time an attempt may take anyway. */
    private static final int SLOWEST_BYTES_PER_SECOND = 64 << 10;

    private static final ImmutableSet<String> METHODS = ImmutableSet.of("GET", "POST", "PUT", "DELETE");
    private static final Pattern PATH = Pattern.compile("[\\w.~@-]+(/[\\w.~@-]+)*/?");

    /** Part of the API's vocabulary; anything else may be a secret. */
    private static final Pattern WORD = Pattern.compile("[a-z_]*|v\\d");

    /** An id has five letters at least, a deletehash fifteen. */
    private static final int SHORTEST_SECRET = 5;

    /** What Imgur takes ten credits for, under all its names. */
    private static final Pattern UPLOAD = Pattern.compile("(?:image|upload)(?:\\.json|\\.xml)?/?");

    private final Setup setup;
    private final HttpEngine engine;
    private final Credentials credentials;
    private final CreditGovernor governor;
    private final RetryBudget retries;
    private final Hearing hearing;
    private final Timer pauses;
    private final Turnstile turnstile = new Turnstile();
    private final AtomicReference<@Nullable RateLimits> latestLimits = new AtomicReference<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Set<ApiCall<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ApiAccess(
            Setup setup,
            HttpEngine engine,
            Credentials credentials,
            CreditGovernor governor,
            RetryBudget retries,
            Hearing hearing,
            Timer pauses) {
        this.setup = setup;
        this.engine = engine;
        this.credentials = credentials;
        this.governor = governor;
        this.retries = retries;
        this.hearing = hearing;
        this.pauses = pauses;
    }

    /** A call whose answer is read from the {@code data} of Imgur's envelope. */
    <T> ImgurRequest<T> request(Endpoint endpoint, Function<@Nullable Object, T> decoder) {
        return whole(endpoint, envelope -> decoder.apply(Json.data(envelope)));
    }

    /** A call whose answer is read from the whole JSON object. */
    <T> ImgurRequest<T> whole(Endpoint endpoint, Function<Map<?, ?>, T> decoder) {
        return new ImgurRequest<>(
                this, Address.of(endpoint), ImmutableList.of(), null, decoder, ImgurRequest.Terms.DEFAULT);
    }

    /** The call that brings new tokens; it adopts them. */
    ImgurRequest<ImgurTokens> refresh() {
        ImgurTokens tokens = credentials.tokens();
        if (tokens == null || tokens.refreshToken() == null || credentials.clientSecret() == null) {
            throw new IllegalStateException(
                    "There is nothing to ask for new tokens with: give the client tokens(…) with a refresh token, and"
                            + " clientSecret(…).");
        }
        Endpoint endpoint = new Endpoint("POST", "oauth2/token", 0, Endpoint.Access.NOBODY);
        return whole(endpoint, json -> {
                    TokenModels.Answer fresh = TokenModels.answer(json);
                    return credentials.adopt(new ImgurTokens(
                            fresh.accessToken(),
                            fresh.refreshToken(),
                            fresh.lifetime() == null
                                    ? null
                                    : setup.clock.instant().plus(fresh.lifetime()),
                            fresh.accountUsername()));
                })
                .field("refresh_token", tokens.refreshToken())
                .field("client_id", credentials.clientId())
                .field("client_secret", credentials.clientSecret())
                .field("grant_type", "refresh_token")
                .withRetryOfPosts(true);
    }

    /** A call of what has no method. */
    ImgurRequest<Basic> other(String method, String path, Map<String, String> form) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("The method must be one of " + METHODS + "; this is " + method);
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("The path must be relative, plain and without a query");
        }
        StringBuilder template = new StringBuilder(Endpoint.VERSION);
        Map<String, String> keys = new LinkedHashMap<>();
        for (String segment : Splitter.on('/').split(path)) {
            boolean word = !mayBeSecret(segment);
            String name = "key" + keys.size();
            template.append(word ? segment : "{" + name + "}").append('/');
            if (!word) {
                keys.put(name, segment);
            }
        }
        template.setLength(template.length() - 1);
        int cost = method.equals("POST") && UPLOAD.matcher(path).matches() ? Endpoint.UPLOAD.cost() : 1;
        Endpoint endpoint = new Endpoint(method, template.toString(), cost, Endpoint.Access.APPLICATION);
        ImgurRequest<Basic> request = whole(endpoint, SmallModels::basic);
        for (Map.Entry<String, String> key : keys.entrySet()) {
            request = request.atSecret(key.getKey(), key.getValue());
        }
        for (Map.Entry<String, String> field : form.entrySet()) {
            request = request.field(field.getKey(), field.getValue(), mayBeSecret(field.getValue()));
        }
        return request;
    }

    /** Who knows what it is; what is short, or a word of the API, is no secret. */
    static boolean mayBeSecret(String value) {
        return value.length() >= SHORTEST_SECRET && !WORD.matcher(value).matches();
    }

    /** Sends a call; {@code delivery} runs what hangs on its future. */
    <T> ApiCall<T> start(ImgurRequest<T> request, Executor delivery) {
        Endpoint endpoint = request.address().endpoint();
        if (endpoint.access() == Endpoint.Access.USER && !credentials.hasUser()) {
            throw new IllegalStateException(
                    endpoint + " needs a signed-in user: give the client tokens(…), see ImgurClient.Builder.");
        }
        ApiCall<T> call = new ApiCall<>(this, request, numbers.incrementAndGet(), delivery);
        running.add(call);
        if (closed) {
            running.remove(call);
            throw new IllegalStateException("This ImgurClient is closed; make a new one.");
        }
        call.start();
        return call;
    }

    <T> ImgurAnswer<T> await(ImgurRequest<T> request) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(
                    new ErrorAnswer.Asked(
                            request.address().endpoint().method(),
                            request.address().shown()),
                    new InterruptedException("before the call was sent"));
        }
        ApiCall<T> call = start(request, Runnable::run);
        try {
            return call.future().get();
        } catch (InterruptedException e) {
            call.future().cancel(true);
            Thread.currentThread().interrupt();
            throw interrupted(call.asked(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ImgurException failure) {
                failure.fillInStackTrace();
                throw failure;
            }
            throw new IllegalStateException("The call " + request.endpoint() + " broke", e.getCause());
        }
    }

    private static ImgurException interrupted(ErrorAnswer.Asked asked, InterruptedException cause) {
        return ImgurException.NoAnswer.interrupted(ErrorAnswer.none(asked, "the call was given up"), cause);
    }

    boolean isClosed() {
        return closed;
    }

    void ended(ApiCall<?> call) {
        running.remove(call);
    }

    CompletableFuture<ImgurTokens> newerTokens(ImgurTokens stale) {
        return credentials.newerThan(stale, () -> {
            CompletableFuture<ImgurTokens> tokens = new CompletableFuture<>();
            Futures.pass(start(refresh(), Runnable::run).future(), tokens, ImgurAnswer::value);
            return tokens;
        });
    }

    /**
     * The request as it goes out, for the user with these tokens or for the application.
     *
     * @param moved is told when a part of a body of unknown length is read or goes out
     */
    HttpRequest http(ImgurRequest<?> request, @Nullable ImgurTokens tokens, Runnable moved) {
        Endpoint endpoint = request.address().endpoint();
        HttpRequest.Builder http = HttpRequest.newBuilder(request.address().under(setup.apiUri))
                .header("User-Agent", setup.userAgent)
                .header("Accept", "application/json");
        setup.headers.forEach(http::header);
        if (endpoint.access() != Endpoint.Access.NOBODY) {
            http.header("Authorization", credentials.header(tokens));
        }
        Content content = request.content();
        if (content == null) {
            return http.method(endpoint.method(), engine.noBody()).build();
        }
        // Parts are read ahead: both the reading and the sending show that it gets on.
        boolean watched = mayTakeAnyTime(request);
        var body = content.body().apply(watched ? moved : () -> {});
        return http.header("Content-Type", body.mediaType().toString())
                .method(endpoint.method(), watched ? new WatchedBody(body, moved) : body)
                .build();
    }

    /** How long an attempt may take; or, if it may take any time, how long nothing may move. */
    Duration timeout(ImgurRequest<?> request) {
        Duration own = request.terms().timeout();
        if (own != null) {
            return own;
        }
        Content content = request.content();
        return content == null || !content.hasLength()
                ? setup.timeout
                : setup.timeout.plusSeconds(content.bytes() / SLOWEST_BYTES_PER_SECOND);
    }

    /** Whether nobody knows how much there is to send, and the caller has set no limit for all of it. */
    static boolean mayTakeAnyTime(ImgurRequest<?> request) {
        Content content = request.content();
        return content != null && !content.hasLength() && request.terms().timeout() == null;
    }

    int maxAttempts(ImgurRequest<?> request) {
        Integer own = request.terms().maxAttempts();
        return own == null ? setup.maxAttempts : own;
    }

    AtomicReference<@Nullable RateLimits> latestLimits() {
        return latestLimits;
    }

    HttpEngine engine() {
        return engine;
    }

    Turnstile turnstile() {
        return turnstile;
    }

    Credentials credentials() {
        return credentials;
    }

    CreditGovernor governor() {
        return governor;
    }

    RetryBudget retries() {
        return retries;
    }

    Timer pauses() {
        return pauses;
    }

    Backoff backoff() {
        return setup.backoff;
    }

    Clock clock() {
        return setup.clock;
    }

    Hearing hearing() {
        return hearing;
    }

    /** Ends the calls under way. */
    @Override
    public void close() {
        closed = true;
        running.forEach(ApiCall::close);
        engine.close();
    }

    @Override
    public String toString() {
        return Secrets.masked(setup.apiUri);
    }
}
