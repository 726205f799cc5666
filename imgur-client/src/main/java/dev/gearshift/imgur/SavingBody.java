package dev.gearshift.imgur;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes a body to a part file as it comes, one batch of buffers at a time, and tells each step of it. */
final class SavingBody implements BodySubscriber<Integer> {

    /** What becomes of the body. Called by one thread at a time. */
    interface Progress {
        void moreCame();

        void allCame();

        void cameNoFurther(Throwable failure);

        void couldNotBeWritten(IOException failure);
    }

    private final PartFile file;
    private final int status;
    private final Progress progress;
    private final CompletableFuture<Integer> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription source;

    SavingBody(PartFile file, int status, Progress progress) {
        this.file = file;
        this.status = status;
        this.progress = progress;
    }

    @Override
    public CompletionStage<Integer> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        progress.moreCame();
        Flow.Subscription subscription = source;
        if (subscription == null) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                file.write(buffer);
            }
            subscription.request(1);
        } catch (IOException e) {
            subscription.cancel();
            progress.couldNotBeWritten(e);
            body.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        progress.cameNoFurther(failure);
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        progress.allCame();
        body.complete(status);
    }
}
