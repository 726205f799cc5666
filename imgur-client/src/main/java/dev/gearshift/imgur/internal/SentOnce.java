package dev.gearshift.imgur.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * No body, of a request that goes out once. When a kept connection breaks before any answer, the JDK's client sends a GET
 * again by itself, up to five times, and tells nobody; but the server may count each. It asks for the length whenever it
 * writes the head of a request in HTTP/1.1, and here finds out the second time that it may not.
 */
public final class SentOnce implements BodyPublisher {
    private final BodyPublisher nothing = BodyPublishers.noBody();
    private final AtomicBoolean sent = new AtomicBoolean();

    SentOnce() {}

    /** Whether a request with it has gone out, or part of it. */
    public static boolean hasGoneOut(HttpRequest request) {
        return request.bodyPublisher().orElse(null) instanceof SentOnce once && once.sent.get();
    }

    @Override
    public long contentLength() {
        if (sent.getAndSet(true)) {
            String broken = "the connection broke before the answer";
            throw new UncheckedIOException(broken, new IOException(broken));
        }
        return nothing.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        nothing.subscribe(subscriber);
    }
}
