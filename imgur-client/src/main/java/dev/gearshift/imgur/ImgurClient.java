package dev.gearshift.imgur;

import com.google.common.net.UrlEscapers;
import dev.gearshift.imgur.internal.Backoff;
import dev.gearshift.imgur.internal.HttpEngine;
import dev.gearshift.imgur.internal.Models;
import dev.gearshift.imgur.internal.Timer;
import dev.gearshift.imgur.internal.UserAgent;
import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client for the Imgur API v3 that reads as an anonymous application, by its client id.
 *
 * <p>Every method sends {@code GET}, costs one credit for each attempt, waits for the answer and throws an
 * {@link ImgurException} if there is none worth having. Failures that may pass are tried again, with growing random
 * delays or after the time that {@code Retry-After} names. Interrupting the caller aborts the request.
 *
 * <p>Instances are safe for use by many threads, and meant to be shared. Files are fetched with a {@link FileDownloader},
 * which needs no client id.
 *
 * <pre>{@code
 * try (ImgurClient imgur = ImgurClient.fromEnvironment()) {
 *     for (GalleryItem item : imgur.gallery(Section.HOT, Sort.VIRAL, Window.DAY, 0)) {
 *         System.out.println(item.link());
 *     }
 * }
 * }</pre>
 */
public final class ImgurClient implements AutoCloseable {
    private final String clientId;
    private final URI apiUri;
    private final Duration requestTimeout;
    private final String userAgent;
    private final HttpEngine engine;
    private final ApiCall.Policy policy;
    private final AtomicReference<@Nullable RateLimits> latestLimits = new AtomicReference<>();
    private final Set<ApiCall<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ImgurClient(Builder builder, String clientId) {
        this.clientId = clientId;
        apiUri = builder.apiUri;
        requestTimeout = builder.requestTimeout;
        userAgent = UserAgent.of(builder.userAgent);
        engine = builder.httpClient == null
                ? HttpEngine.own(builder.connectTimeout)
                : HttpEngine.around(builder.httpClient);
        policy = new ApiCall.Policy(
                clientId,
                requestTimeout,
                builder.maxAttempts,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(1), builder.random),
                builder.pauses == null ? engine.timer() : builder.pauses,
                builder.clock,
                latestLimits);
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

    /**
     * A page of the gallery: {@code GET /3/gallery/{section}/{sort}/{window}/{page}}. Albums come without their images
     * or with a few of them. Costs one credit.
     *
     * @param window how far back {@link Section#TOP} looks; no matter otherwise
     * @param page from 0; past the last page the list is empty
     * @throws IllegalArgumentException if the page is negative, or {@link Sort#RISING} is asked of another section than
     *     {@link Section#USER}
     * @throws ImgurException if Imgur does not answer with a gallery
     */
    public List<GalleryItem> gallery(Section section, Sort sort, Window window, int page) {
        if (sort == Sort.RISING && section != Section.USER) {
            throw new IllegalArgumentException("Sort.RISING works with Section.USER only, not with Section." + section);
        }
        checkPage(page);
        return get(
                "gallery/" + section.word() + "/" + sort.word() + "/" + window.word() + "/" + page,
                Models::galleryItems);
    }

    /**
     * A page of random gallery items: {@code GET /3/gallery/random/random/{page}}. Imgur calls it deprecated;
     * {@link #gallery gallery} is what it recommends. Costs one credit.
     *
     * @param page from 0
     * @throws IllegalArgumentException if the page is negative
     * @throws ImgurException if Imgur does not answer with a gallery
     */
    public List<GalleryItem> random(int page) {
        checkPage(page);
        return get("gallery/random/random/" + page, Models::galleryItems);
    }

    /**
     * An album with its images: {@code GET /3/album/{id}}. Costs one credit.
     *
     * @throws IllegalArgumentException if the id is blank
     * @throws ImgurException.NotFound if there is none
     * @throws ImgurException if Imgur does not answer with an album
     */
    public Album album(String id) {
        return get("album/" + segment(id), Models::album);
    }

    /**
     * All images of an album, in order: {@code GET /3/album/{id}/images}, which has no pages. Costs one credit. Imgur
     * tends to time out on albums of a thousand images and more.
     *
     * @throws IllegalArgumentException if the id is blank
     * @throws ImgurException.NotFound if there is no such album
     * @throws ImgurException if Imgur does not answer with images
     */
    public List<Image> albumImages(String id) {
        return get("album/" + segment(id) + "/images", Models::images);
    }

    /**
     * An image: {@code GET /3/image/{id}}. Costs one credit.
     *
     * @throws IllegalArgumentException if the id is blank
     * @throws ImgurException.NotFound if there is none
     * @throws ImgurException if Imgur does not answer with an image
     */
    public Image image(String id) {
        return get("image/" + segment(id), Models::image);
    }

    /** What Imgur told about limits most recently, to any caller; {@code null} if it has not yet. Costs nothing. */
    public @Nullable RateLimits rateLimits() {
        return latestLimits.get();
    }

    /**
     * Frees threads and connections; an injected {@link HttpClient} stays open. Calls under way fail with
     * {@link ImgurException.NoAnswer}, later ones with {@link IllegalStateException}.
     */
    @Override
    public void close() {
        closed = true;
        running.forEach(ApiCall::close);
        engine.close();
    }

    /** Where the client sends its requests; the client id is not in it. */
    @Override
    public String toString() {
        return "ImgurClient[" + apiUri + "]";
    }

    private <T> T get(String path, Function<@Nullable Object, T> decoder) {
        HttpRequest request = HttpRequest.newBuilder(apiUri.resolve(path))
                .header("Authorization", "Client-ID " + clientId)
                .header("User-Agent", userAgent)
                .header("Accept", "application/json")
                .build();
        ApiCall<T> call = new ApiCall<>(engine, policy, request, decoder);
        running.add(call);
        try {
            if (closed) {
                throw new IllegalStateException("This ImgurClient is closed; make a new one.");
            }
            return call.start().get();
        } catch (InterruptedException e) {
            call.abort();
            Thread.currentThread().interrupt();
            throw ImgurException.NoAnswer.interrupted(
                    ErrorAnswer.none(request.uri().getPath(), "the call was given up"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ImgurException failure) {
                failure.fillInStackTrace();
                throw failure;
            }
            throw new IllegalStateException("The call to " + request.uri().getPath() + " broke", e.getCause());
        } finally {
            running.remove(call);
        }
    }

    private static void checkPage(int page) {
        if (page < 0) {
            throw new IllegalArgumentException("Pages count from 0; this is " + page);
        }
    }

    private static String segment(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("The id is blank");
        }
        return UrlEscapers.urlPathSegmentEscaper().escape(id);
    }

    /** Sets up a client. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String clientId;
        private URI apiUri = URI.create("https://api.imgur.com/3/");
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private int maxAttempts = 3;
        private String userAgent = "";
        private @Nullable HttpClient httpClient;
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
         * Where the API is, for a simulator or a gateway; {@code https://api.imgur.com/3/} if not set.
         *
         * @throws IllegalArgumentException if it is not an http or https address
         */
        public Builder apiUri(URI apiUri) {
            if (!HttpAddress.is(apiUri)) {
                throw new IllegalArgumentException("The API address must be an http or https URL; this is " + apiUri);
            }
            this.apiUri = apiUri.getPath().endsWith("/") ? apiUri : URI.create(apiUri + "/");
            return this;
        }

        /** How long a connection may take to be made; 10 s if not set. An injected client has its own. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Positive.of(connectTimeout, "connectTimeout");
            return this;
        }

        /** How long an attempt may take, to the last byte of its answer; 30 s if not set. */
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
