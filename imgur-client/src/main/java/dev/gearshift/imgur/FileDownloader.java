package dev.gearshift.imgur;

import dev.gearshift.imgur.DownloadFailedException.Reason;
import dev.gearshift.imgur.internal.Backoff;
import dev.gearshift.imgur.internal.HttpEngine;
import dev.gearshift.imgur.internal.Secrets;
import dev.gearshift.imgur.internal.Timer;
import dev.gearshift.imgur.internal.UserAgent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Downloads files from any http or https address, whole or not at all.
 *
 * <p>A body is streamed to {@code NAME.part} beside the target, checked against the announced length and, if it is a
 * JPEG or PNG, for its own end, and moved into place in one step: under the target's name there is never half a file. A
 * picture that has no end where it lies is taken when two attempts in a row bring the same bytes, as many as announced.
 * What may pass (a broken or silent connection, a truncated body, 408, 429, 5xx, Imgur's "over capacity") is tried again,
 * with growing random delays or after the time that {@code Retry-After} names. Web pages are refused, redirects followed
 * at most five times and never from https to http, and the redirect by which Imgur marks a deleted image is told apart
 * ({@link MediaRemovedException}).
 *
 * <p>Needs no client id. Instances are safe for use by many threads, and meant to be shared: however many downloads are
 * under way, all run on the same handful of threads.
 *
 * <pre>{@code
 * try (FileDownloader downloader = FileDownloader.create()) {
 *     DownloadedFile file = downloader.download(URI.create("https://i.imgur.com/abcdefg.jpg"), Path.of("abcdefg.jpg"));
 *     System.out.println(file.bytes() + " bytes, SHA-256 " + file.sha256());
 * }
 * }</pre>
 */
public final class FileDownloader implements AutoCloseable {
    private final HttpEngine engine;
    private final Download.Setup setup;
    private final Map<Path, Download> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private FileDownloader(Builder builder) {
        engine = HttpEngine.own(builder.connectTimeout);
        setup = new Download.Setup(
                engine,
                new Turnstile(),
                builder.headerTimeout,
                builder.stallTimeout,
                builder.maxAttempts,
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofMinutes(1), builder.random),
                builder.pauses == null ? engine.timer() : builder.pauses,
                builder.clock,
                UserAgent.of(builder.userAgent));
    }

    /** A downloader with the defaults. */
    public static FileDownloader create() {
        return builder().build();
    }

    /** Starts a downloader from nothing; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a download and holds no thread for it. Completing the future from outside, by {@code cancel},
     * {@code orTimeout} or otherwise, takes the request back: the connection is closed and the part file deleted. This
     * goes for the future returned here, not for those made from it. A file that has just been moved into place stays.
     *
     * <p>What is hung on to the future runs in {@link ForkJoinPool#commonPool()} unless it names an executor.
     *
     * @param source an http or https address
     * @param target the file to write; its directory is made if it is missing, and a file that is there is replaced
     * @return what arrived, or a {@link DownloadFailedException}
     * @throws IllegalArgumentException if the source is no http or https address, or the target has no file name
     * @throws IllegalStateException if the downloader is closed
     */
    public CompletableFuture<DownloadedFile> downloadAsync(URI source, Path target) {
        return start(source, target, ForkJoinPool.commonPool());
    }

    /**
     * Downloads and waits for it. An interrupt takes the request back.
     *
     * @param source an http or https address
     * @param target the file to write; its directory is made if it is missing, and a file that is there is replaced
     * @throws DownloadFailedException if there is no whole file; {@link DownloadFailedException#reason()} says why
     * @throws InterruptedException if the thread is interrupted meanwhile, or was before; then nothing is sent
     * @throws IllegalArgumentException if the source is no http or https address, or the target has no file name
     * @throws IllegalStateException if the downloader is closed
     */
    public DownloadedFile download(URI source, Path target) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("before anything was sent");
        }
        CompletableFuture<DownloadedFile> download = start(source, target, Runnable::run);
        try {
            return download.get();
        } catch (InterruptedException e) {
            download.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DownloadFailedException failure) {
                failure.fillInStackTrace();
                throw failure;
            }
            throw new IllegalStateException("The download of " + Secrets.masked(source) + " broke", e.getCause());
        }
    }

    /** Ends the downloads under way, which fail with {@link Reason#CLOSED}, and frees threads and connections. */
    @Override
    public void close() {
        closed = true;
        running.values().forEach(Download::close);
        engine.close();
    }

    private CompletableFuture<DownloadedFile> start(URI source, Path target, Executor delivery) {
        if (!HttpAddress.is(source)) {
            throw new IllegalArgumentException(
                    "Only http and https addresses with a host can be downloaded; this is one of scheme "
                            + source.getScheme() + " and host " + source.getHost());
        }
        if (target.getFileName() == null) {
            throw new IllegalArgumentException("The target must name a file; this is " + target);
        }
        Path key = target.toAbsolutePath().normalize();
        Download download = new Download(setup, source, target, delivery, () -> running.remove(key));
        if (running.putIfAbsent(key, download) != null) {
            Problem busy = Download.busy(new PartFile.BusyException(target));
            return CompletableFuture.failedFuture(busy.asException(source, Secrets.masked(source), 0));
        }
        if (closed) {
            running.remove(key);
            throw new IllegalStateException("This FileDownloader is closed; make a new one.");
        }
        return download.start();
    }

    /** Sets up a downloader. Not safe for use by several threads. */
    public static final class Builder {
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration headerTimeout = Duration.ofSeconds(30);
        private Duration stallTimeout = Duration.ofSeconds(30);
        private int maxAttempts = 4;
        private String userAgent = "";
        private @Nullable Timer pauses;
        private Clock clock = Clock.systemUTC();
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /** How long a connection may take to be made; 10 s if not set. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Positive.of(connectTimeout, "connectTimeout");
            return this;
        }

        /** How long an answer's headers may take, from the request on; 30 s if not set. */
        public Builder headerTimeout(Duration headerTimeout) {
            this.headerTimeout = Positive.of(headerTimeout, "headerTimeout");
            return this;
        }

        /** How long a body may bring no byte before it counts as stalled; 30 s if not set. */
        public Builder stallTimeout(Duration stallTimeout) {
            this.stallTimeout = Positive.of(stallTimeout, "stallTimeout");
            return this;
        }

        /** How often a file is tried before it fails; 4 if not set, 1 for no retries. */
        public Builder maxAttempts(int maxAttempts) {
            this.maxAttempts = Positive.of(maxAttempts, "maxAttempts");
            return this;
        }

        /** What names the application in the {@code User-Agent}, after Gearshift's own part: {@code my-app/1.2}. */
        public Builder userAgent(String application) {
            userAgent = application.trim();
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

        /** The downloader. */
        public FileDownloader build() {
            return new FileDownloader(this);
        }
    }
}
