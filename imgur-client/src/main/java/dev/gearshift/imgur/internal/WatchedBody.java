package dev.gearshift.imgur.internal;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** The body of a request, or of a part of it, that tells whenever some of it goes on. */
public final class WatchedBody implements BodyPublisher {
    private final BodyPublisher body;
    private final Runnable moved;

    /** The same body. */
    public WatchedBody(BodyPublisher body, Runnable moved) {
        this.body = body;
        this.moved = moved;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                moved.run();
                subscriber.onNext(part);
            }

            @Override
            public void onError(Throwable failure) {
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                moved.run();
                subscriber.onComplete();
            }
        });
    }
}
