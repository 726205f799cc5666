package dev.gearshift.imgur.internal;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A stream, read on a thread of its own: those that move the bytes of all exchanges are few, and a stream may keep whoever
 * reads it waiting, also when nobody wants it any more.
 */
public final class StreamBody implements BodyPublisher {
    private static final DaemonThreads THREADS = new DaemonThreads("gearshift-http-upload");

    private static final Subscription NOTHING = new Subscription() {
        @Override
        public void request(long more) {}

        @Override
        public void cancel() {}
    };

    private final BodyPublisher stream;

    /**
     * Of a stream that is opened for each exchange.
     *
     * @param stream is asked for it, and read, on that thread
     */
    public StreamBody(Supplier<? extends InputStream> stream) {
        this.stream = BodyPublishers.ofInputStream(stream);
    }

    @Override
    public long contentLength() {
        return -1;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        ExecutorService reader = Executors.newSingleThreadExecutor(THREADS);
        reader.execute(() -> {
            try {
                stream.subscribe(new Reading(subscriber, reader));
            } catch (Throwable e) { // Of whoever was to open the stream.
                reader.shutdown();
                subscriber.onSubscribe(NOTHING);
                subscriber.onError(e);
            }
        });
    }

    /** Passes all on; what is asked for is read on that thread. */
    private record Reading(Subscriber<? super ByteBuffer> subscriber, ExecutorService reader)
            implements Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Subscription pulled) {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long more) {
                    try {
                        reader.execute(() -> pulled.request(more));
                    } catch (RejectedExecutionException e) {
                        return; // It is over.
                    }
                }

                @Override
                public void cancel() {
                    pulled.cancel();
                    reader.shutdown();
                }
            });
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            subscriber.onNext(bytes);
        }

        @Override
        public void onError(Throwable failure) {
            reader.shutdown();
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            reader.shutdown();
            subscriber.onComplete();
        }
    }
}
