package dev.gearshift.imgur.internal;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An {@link HttpClient} with the few threads it needs, however many exchanges are under way: as many as
 * there are processors, 2 to 4, that move bytes, the client's own selector, and one timer.
 */
public final class HttpEngine implements AutoCloseable {
    private static final int THREADS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

    private final HttpClient client;
    private final @Nullable ThreadPoolExecutor threads;
    private final DaemonTimer timer = new DaemonTimer("gearshift-http-timer");

    private HttpEngine(HttpClient client, @Nullable ThreadPoolExecutor threads) {
        this.client = client;
        this.threads = threads;
    }

    /**
     * An engine with a client of its own.
     *
     * <p>HTTP/1.1 throughout. With http the client would otherwise send an {@code Upgrade: h2c} header, which some
     * servers answer badly. With https it would put all exchanges with a host on one connection: past the number of
     * streams the server allows (often 100) the JDK's client fails them, and when that connection breaks, all break.
     *
     * <p>Redirects are not followed, so that the caller sees where they lead before it goes there.
     */
    public static HttpEngine own(Duration connectTimeout) {
        // Closing the client leaves it some tidying up, which must not be refused.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads("gearshift-http"),
                (late, pool) -> ForkJoinPool.commonPool().execute(late));
        threads.allowCoreThreadTimeOut(true);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(threads)
                .build();
        return new HttpEngine(client, threads);
    }

    /** An engine around the caller's client, which stays open when the engine is closed. */
    public static HttpEngine around(HttpClient client) {
        return new HttpEngine(client, null);
    }

    /** The client. */
    public HttpClient client() {
        return client;
    }

    /**
     * No body. With the engine's own client the request then goes out once: where it would be sent again unseen, the
     * exchange fails. A client of the caller's may speak HTTP/2, which begins an exchange in more ways than one.
     */
    public BodyPublisher noBody() {
        return threads == null ? BodyPublishers.noBody() : new SentOnce();
    }

    /** The timer, for deadlines and delays. */
    public Timer timer() {
        return timer;
    }

    /** Where to continue so that the thread that moves bytes gets on. */
    public Executor threads() {
        return threads == null ? ForkJoinPool.commonPool() : threads;
    }

    /** Stops the timer and, if they are its own, the client and the threads. Exchanges must have been aborted before. */
    @Override
    public void close() {
        timer.close();
        if (threads != null) {
            closeClient();
            threads.shutdown();
        }
    }

    /** Since Java 21 a client can be closed; before, its selector ends once nobody holds the client. */
    private void closeClient() {
        if ((Object) client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("The HTTP client did not close", e);
            }
        }
    }
}
