package dev.gearshift.imgur;

import com.google.common.collect.ImmutableMap;
import dev.gearshift.imgur.internal.Backoff;
import dev.gearshift.imgur.internal.HttpEngine;
import dev.gearshift.imgur.internal.RetryBudget;
import dev.gearshift.imgur.internal.Secrets;
import dev.gearshift.imgur.internal.SmallModels;
import dev.gearshift.imgur.internal.Timer;
import dev.gearshift.imgur.internal.UserAgent;
import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.Credits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client for the Imgur API v3, for an application or for a user who is signed in to one.
 *
 * <p>Calls are grouped by what they are about. Each is first an {@link ImgurRequest}, or a list of {@link ImgurPages}: it
 * says what will be asked, and is sent by waiting for the answer or without holding a thread. Failures are
 * {@link ImgurException}s. Those that may pass are tried again, with growing random delays or after the time that
 * {@code Retry-After} names, as long as not too many calls fail. Interrupting the caller aborts the call.
 *
 * <p>No call is sent that Imgur would turn away for want of credits, as far as it has told; {@link CreditPolicy} says what
 * happens then.
 *
 * <p>Instances are safe for use by many threads, and meant to be shared. Files are fetched with a {@link FileDownloader},
 * which needs no client id.
 *
 * <pre>{@code
 * try (ImgurClient imgur = ImgurClient.fromEnvironment()) {
 *     for (GalleryItem item : imgur.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY)) {
 *         System.out.println(item.link());
 *     }
 * }
 * }</pre>
 */
public final class ImgurClient implements AutoCloseable {
    /** A {@code Retry-After} of at most this is waited for, whatever the policy about credits. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ApiAccess api;
    private final ImageEndpoints images;
    private final AlbumEndpoints albums;
    private final GalleryEndpoints gallery;
    private final TagEndpoints tags;
    private final AccountEndpoints accounts;
    private final CommentEndpoints comments;
    private final OAuthEndpoints oauth;

    private ImgurClient(Builder builder, String clientId) {
        HttpEngine engine = builder.httpClient == null
                ? HttpEngine.own(builder.connectTimeout)
                : HttpEngine.around(builder.httpClient);
        Timer pauses = builder.pauses == null ? engine.timer() : builder.pauses;
        Duration longestWait = builder.creditPolicy.longestWait();
        Backoff backoff = new Backoff(
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                longestWait.compareTo(LONGEST_PAUSE) > 0 ? longestWait : LONGEST_PAUSE,
                builder.random);
        api = new ApiAccess(
                new ApiAccess.Setup(
                        builder.apiUri,
                        UserAgent.of(builder.userAgent),
                        ImmutableMap.copyOf(builder.headers),
                        builder.requestTimeout,
                        builder.maxAttempts,
                        backoff,
                        builder.clock),
                engine,
                new Credentials(
                        clientId,
                        builder.clientSecret,
                        builder.headers.values(),
                        builder.tokens,
                        builder.clock,
                        builder.onNewTokens),
                new CreditGovernor(builder.creditPolicy, builder.clock, pauses),
                new RetryBudget(builder.retryBudget),
                new Hearing(builder.listeners),
                pauses);
        images = new ImageEndpoints(api);
        albums = new AlbumEndpoints(api);
        gallery = new GalleryEndpoints(api);
        tags = new TagEndpoints(api);
        accounts = new AccountEndpoints(api);
        comments = new CommentEndpoints(api);
        oauth = new OAuthEndpoints(api);
    }

    /** Starts a client from nothing; only the client id must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client with the id in the environment variable {@code IMGUR_CLIENT_ID} and defaults for the rest.
     *
     * @throws IllegalStateException if the variable is missing or blank; the message says what to do
     */
    public static ImgurClient fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    static ImgurClient fromEnvironment(Map<String, String> environment) {
        String clientId = environment.getOrDefault("IMGUR_CLIENT_ID", "");
        if (clientId.isBlank()) {
            throw new IllegalStateException(
                    "IMGUR_CLIENT_ID is not set: set it to the client id of an Imgur application,"
                            + " or do without, as Imgur has given out no new ids since about June 2025: lists of URLs and the"
                            + " simulator work without one.");
        }
        return builder().clientId(clientId).build();
    }

    /** Calls about single images and videos, uploads among them. */
    public ImageEndpoints images() {
        return images;
    }

    /** Calls about albums. */
    public AlbumEndpoints albums() {
        return albums;
    }

    /** Calls about the public gallery. */
    public GalleryEndpoints gallery() {
        return gallery;
    }

    /** Calls about tags. */
    public TagEndpoints tags() {
        return tags;
    }

    /** Calls about users and what they have. */
    public AccountEndpoints accounts() {
        return accounts;
    }

    /** Calls about comments. */
    public CommentEndpoints comments() {
        return comments;
    }

    /** Calls about the signed-in user's tokens. */
    public OAuthEndpoints oauth() {
        return oauth;
    }

    /**
     * How many credits there are and are left: {@code GET /3/credits}. Costs one credit, also of those that
     * {@link CreditPolicy#dailyMargin} leaves alone: so it can be asked whether the day has begun anew. Fails with
     * {@link ImgurException.Unauthorized} if Imgur does not know the client id. What each answer tells anyway is in
     * {@link #rateLimits()}.
     */
    public ImgurRequest<Credits> credits() {
        return api.request(Endpoint.CREDITS, SmallModels::credits);
    }

    /**
     * Any other call of the API, for what has no method here: with the same credentials, retries and care for credits.
     * Costs one credit, or ten for an upload ({@code POST /3/image}, {@code POST /3/upload}). Fails with an
     * {@link ImgurException} of the kind that fits what Imgur answers, as {@link ImgurException.NotFound} for a path that
     * there is not.
     *
     * <p>Its value has the answer's {@code data} as strings, numbers, booleans, lists and maps, which print what they hold,
     * be it a secret; the value itself does not.
     *
     * @param method GET, POST, PUT or DELETE
     * @param path below {@code /3/}, without a query, as {@code account/me/settings}; what is no word of the API in it
     *     is masked in messages
     * @param form sent as the body unless it is empty
     * @throws IllegalArgumentException if the method is another, or the path is no relative path
     */
    public ImgurRequest<Basic> other(String method, String path, Map<String, String> form) {
        return api.other(method, path, form);
    }

    /** What Imgur told about limits most recently, to any caller; {@code null} if it has not yet. Costs nothing. */
    public @Nullable RateLimits rateLimits() {
        return api.latestLimits().get();
    }

    /**
     * How many credits this client's calls have cost, also those under way; each attempt counts, whether or not Imgur
     * charged it.
     */
    public long creditsSpent() {
        return api.governor().spent();
    }

    /**
     * Frees threads and connections; an injected {@link HttpClient} stays open. Calls under way fail with
     * {@link ImgurException.NoAnswer}, later ones with {@link IllegalStateException}.
     */
    @Override
    public void close() {
        api.close();
    }

    /** Where the client sends its requests; neither the client id nor a token is in it. */
    @Override
    public String toString() {
        return "ImgurClient[" + api + "]";
    }

    /** Sets up a client. Not safe for use by several threads. */
    public static final class Builder {
        /** The JDK tells others in an exception, value and all. */
        private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

        private static final Set<String> OWN_HEADERS = Set.of("authorization", "user-agent", "accept", "content-type");

        private @Nullable String clientId;
        private URI apiUri = URI.create("https://api.imgur.com/3/");
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private int maxAttempts = 3;
        private String userAgent = "";
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable HttpClient httpClient;
        private @Nullable String clientSecret;
        private @Nullable ImgurTokens tokens;
        private Consumer<ImgurTokens> onNewTokens = fresh -> {};
        private CreditPolicy creditPolicy = CreditPolicy.failing();
        private int retryBudget = 50;
        private final List<ImgurListener> listeners = new ArrayList<>();
        private @Nullable Timer pauses;
        private Clock clock = Clock.systemUTC();
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /**
         * The client id of an Imgur application; required.
         *
         * @throws IllegalArgumentException if it is blank or holds what no id holds; it is not in the message
         */
        public Builder clientId(String clientId) {
            String id = clientId.trim();
            if (id.isEmpty() || !id.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new IllegalArgumentException(
                        "The client id must be letters and digits; check what IMGUR_CLIENT_ID was set to.");
            }
            this.clientId = id;
            return this;
        }

        /**
         * The secret of the application; needed to renew a user's tokens, and for nothing else.
         *
         * @throws IllegalArgumentException if it is blank; it is not in the message
         */
        public Builder clientSecret(String clientSecret) {
            if (clientSecret.isBlank()) {
                throw new IllegalArgumentException("The client secret is blank.");
            }
            this.clientSecret = clientSecret.trim();
            return this;
        }

        /**
         * The tokens of a user who has signed in to the application: all calls are made for that user. If there are a
         * refresh token and a {@link #clientSecret}, they are renewed when they have expired or are turned away.
         */
        public Builder tokens(ImgurTokens tokens) {
            this.tokens = Objects.requireNonNull(tokens, "tokens");
            return this;
        }

        /**
         * Who is told about new tokens, to store them. It is called by a thread that moves answers, before any call goes
         * on, and must be quick; what it throws is logged and goes no further.
         */
        public Builder onNewTokens(Consumer<ImgurTokens> onNewTokens) {
            this.onNewTokens = Objects.requireNonNull(onNewTokens, "onNewTokens");
            return this;
        }

        /** What to do about Imgur's credits; {@link CreditPolicy#failing()} if not set. */
        public Builder creditPolicy(CreditPolicy creditPolicy) {
            this.creditPolicy = Objects.requireNonNull(creditPolicy, "creditPolicy");
            return this;
        }

        /**
         * How many retries all calls together may make in a row; each takes one, and five calls that went well give one
         * back. So a client that finds Imgur in trouble soon sends no more than it would without retries. 50 if not set.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder retryBudget(int retries) {
            retryBudget = Positive.of(retries, "retryBudget");
            return this;
        }

        /** Adds one who hears what happens to each call. */
        public Builder listener(ImgurListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Where the API is, for a simulator or a gateway; {@code https://api.imgur.com/3/} if not set.
         *
         * @throws IllegalArgumentException if it is not an http or https address
         */
        public Builder apiUri(URI apiUri) {
            if (!HttpAddress.is(apiUri)) {
                throw new IllegalArgumentException(
                        "The API address must be an http or https URL; this is " + Secrets.masked(apiUri));
            }
            this.apiUri = apiUri.getPath().endsWith("/") ? apiUri : URI.create(apiUri + "/");
            return this;
        }

        /** How long a connection may take to be made; 10 s if not set. An injected client has its own. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Positive.of(connectTimeout, "connectTimeout");
            return this;
        }

        /**
         * How long an attempt may take, to the last byte of its answer; 30 s if not set. Sending a body gets a second more
         * for each 64 KiB; one of unknown length may take any time, as long as no such time passes without anything sent.
         */
        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = Positive.of(requestTimeout, "requestTimeout");
            return this;
        }

        /** How often a call is tried before it fails; 3 if not set, 1 for no retries. */
        public Builder maxAttempts(int maxAttempts) {
            this.maxAttempts = Positive.of(maxAttempts, "maxAttempts");
            return this;
        }

        /** What names the application in the {@code User-Agent}, after Gearshift's own part: {@code my-app/1.2}. */
        public Builder userAgent(String application) {
            userAgent = application.trim();
            return this;
        }

        /**
         * A header for each request to the API, as a gateway in front of it may ask for: {@code X-RapidAPI-Key} with
         * {@code https://imgur-apiv3.p.rapidapi.com/3/}, where paying customers of Imgur's send their calls. Its value is
         * taken for a secret.
         *
         * @throws IllegalArgumentException if no such header can be set, or this client sets it itself; the value is not
         *     in the message
         */
        public Builder header(String name, String value) {
            boolean own = OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
            if (own || value.isBlank() || !PRINTABLE.matcher(value).matches() || !canBeSet(name, value)) {
                throw new IllegalArgumentException("The header " + name + " cannot be set"
                        + (own ? "; the client sets it itself." : ": check its name and value."));
            }
            headers.put(name, value.strip());
            return this;
        }

        private static boolean canBeSet(String name, String value) {
            try {
                HttpRequest.newBuilder().header(name, value);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        /** The HTTP client to use. It is not closed with the {@link ImgurClient}. */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
            return this;
        }

        /** Replaces what waits between attempts. */
        Builder pauses(Timer pauses) {
            this.pauses = pauses;
            return this;
        }

        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        Builder random(DoubleSupplier random) {
            this.random = random;
            return this;
        }

        /**
         * The client.
         *
         * @throws IllegalStateException if no client id was given
         */
        public ImgurClient build() {
            if (clientId == null) {
                throw new IllegalStateException(
                        "No client id: call clientId(…), or use ImgurClient.fromEnvironment().");
            }
            return new ImgurClient(this, clientId);
        }
    }
}
