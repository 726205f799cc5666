package dev.gearshift.imgur.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A running server that answers like Imgur, on 127.0.0.1, inside this JVM.
 *
 * <pre>{@code
 * try (var imgur = ImgurSimulator.start(SimulatorSettings.defaults())) {
 *     URI api = imgur.apiUri();
 *     …
 * }
 * }</pre>
 *
 * <p>It takes two daemon threads, however many requests are in flight. Thread-safe.
 */
public final class ImgurSimulator implements AutoCloseable {

    private static final int COUNTING_SECONDS = 5;

    private final LoopbackServer server;
    private final URI baseUri;
    private final Site site;
    private final List<ServedImage> images;

    private ImgurSimulator(LoopbackServer server, URI baseUri, Site site, List<ServedImage> images) {
        this.server = server;
        this.baseUri = baseUri;
        this.site = site;
        this.images = images;
    }

    /**
     * Takes the port, prepares the images, and serves.
     *
     * @param settings what to serve
     * @return the running server
     * @throws IllegalStateException if the port cannot be used
     * @throws IllegalArgumentException if the settings name a folder without images
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public static ImgurSimulator start(SimulatorSettings settings) {
        return start(settings, ready -> {});
    }

    /**
     * Takes the port, prepares the images, and serves.
     *
     * @param settings what to serve
     * @param prepared told after each image how many are ready; called by one thread at a time, not always the same
     * @return the running server
     * @throws IllegalStateException if the port cannot be used
     * @throws IllegalArgumentException if the settings name a folder without images
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public static ImgurSimulator start(SimulatorSettings settings, IntConsumer prepared) {
        return start(settings, prepared, Clock.systemUTC());
    }

    static ImgurSimulator start(SimulatorSettings settings, IntConsumer prepared, Clock clock) {
        requireNonNull(settings, "settings");
        requireNonNull(prepared, "prepared");
        LoopbackServer server = LoopbackServer.bind(settings.port());
        try {
            return open(server, settings, prepared, clock);
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static ImgurSimulator open(
            LoopbackServer server, SimulatorSettings settings, IntConsumer prepared, Clock clock) {
        Path folder = settings.folder();
        List<Picture> pictures = folder == null
                ? GeneratedPictures.prepare(settings.images(), settings.imageBytes(), settings.seed(), prepared)
                : FolderPictures.prepare(folder, settings.images(), prepared);
        URI base = URI.create("http://127.0.0.1:" + server.port());
        SiteBuilder builder = new SiteBuilder(settings, base, pictures, clock);
        Site site = builder.site(server.loops());
        server.serve(site);
        return new ImgurSimulator(server, base, site, builder.served());
    }

    /**
     * Where it listens, which is also where its images are.
     *
     * @return {@code http://127.0.0.1:PORT}, without a slash at the end
     */
    public URI baseUri() {
        return baseUri;
    }

    /**
     * Where the API is: give this to a client in the place of {@code https://api.imgur.com/3/}.
     *
     * @return {@code http://127.0.0.1:PORT/3/}
     */
    public URI apiUri() {
        return baseUri.resolve("/3/");
    }

    /**
     * What it has seen so far. An answer that a client has received to its end is counted.
     *
     * @return the counts of this moment
     */
    public SimulatorStats stats() {
        awaitCounts();
        return site.traffic().snapshot();
    }

    /** Sets the counts to zero; what is open or in flight stays counted. */
    public void resetStats() {
        awaitCounts();
        site.traffic().reset();
    }

    /**
     * Plays another script of faults, from its beginning, in place of the present one.
     *
     * @param faults what goes wrong from now on; {@link Faults#none()} for nothing
     */
    public void play(Faults faults) {
        site.faults().play(requireNonNull(faults, "faults"));
    }

    /** Lets all access tokens expire that were given out. */
    public void expireTokens() {
        site.tokens().expireAll();
    }

    /**
     * The refresh token of an account: what {@code POST /oauth2/token} gives an access token for, together with any
     * client id and secret.
     *
     * @param account its name, 4 to 63 letters and digits; an account that isn't there yet comes into being
     * @return a token that never expires
     */
    public static String refreshToken(String account) {
        return AccessTokens.refreshToken(requireNonNull(account, "account"));
    }

    private void awaitCounts() {
        CountDownLatch counted = new CountDownLatch(1);
        try {
            site.onceCounted(counted::countDown);
            counted.await(COUNTING_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            // Closed: nothing is being counted any more.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The JPEG and PNG images of the gallery, in the order it lists them: the links a downloader should find, and the
     * bytes it should end up with. GIFs and what is inside albums are not among them.
     *
     * @return an immutable list
     */
    public List<ServedImage> images() {
        return images;
    }

    /** Closes the port and all connections, and returns when its threads have ended. Closing again does nothing. */
    @Override
    public void close() {
        site.latency().close();
        server.close();
    }
}
