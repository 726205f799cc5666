package dev.gearshift.imgur.internal;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The first bytes of a body, up to a limit; what comes after them is not waited for. */
public final class CappedBytes implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final int limit;
    private byte[] bytes = new byte[0];
    private int length;
    private Flow.@Nullable Subscription subscription;

    /** Takes at most {@code limit} bytes. */
    public CappedBytes(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int wanted = Math.min(buffer.remaining(), limit - length);
            if (length + wanted > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(length + wanted, 2 * bytes.length)));
            }
            buffer.get(bytes, length, wanted);
            length += wanted;
        }
        Flow.Subscription source = subscription;
        if (source == null) {
            return;
        }
        if (length == limit) {
            source.cancel();
            onComplete();
        } else {
            source.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(Arrays.copyOf(bytes, length));
    }
}
