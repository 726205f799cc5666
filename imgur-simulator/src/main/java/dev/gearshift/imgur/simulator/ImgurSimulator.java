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
        requireNonNull(settings, "settings");
        requireNonNull(prepared, "prepared");
        LoopbackServer server = LoopbackServer.bind(settings.port());
        try {
            return open(server, settings, prepared);
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static ImgurSimulator open(LoopbackServer server, SimulatorSettings settings, IntConsumer prepared) {
        Path folder = settings.folder();
        List<Picture> pictures = folder == null
                ? GeneratedPictures.prepare(settings.images(), settings.imageBytes(), settings.seed(), prepared)
                : FolderPictures.prepare(folder, settings.images(), prepared);
        URI base = URI.create("http://127.0.0.1:" + server.port());
        Gallery gallery = new Gallery(pictures, settings.seed());
        ItemJson json = new ItemJson(base);
        List<ServedImage> images = gallery.stills().stream()
                .map(still -> new ServedImage(
                        still.id(),
                        json.link(still),
                        still.picture().type(),
                        still.picture().bytes(),
                        still.picture().sha256()))
                .toList();
        Traffic traffic = new Traffic();
        Site site = new Site(
                new ApiPages(gallery, json, new CreditCounter(Clock.systemUTC()), settings.requireClientId()),
                new ImagePages(gallery, base),
                new SimulatorPages(traffic, images),
                traffic,
                new Latency(settings.latency()),
                server.loops());
        server.serve(site);
        return new ImgurSimulator(server, base, site, images);
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
