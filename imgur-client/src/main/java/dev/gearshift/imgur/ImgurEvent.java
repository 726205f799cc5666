package dev.gearshift.imgur;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a call on its way. No event holds a secret: paths are masked, and there are no bodies. */
public sealed interface ImgurEvent {

    /**
     * Which call.
     *
     * @param number counts the calls of a client from 1, so that the events of one call can be told from another's
     * @param endpoint as Imgur's documentation writes it: {@code GET /3/album/{id}}
     * @param path as it was asked for, without the query, and with {@code ***} for what is secret
     */
    record Call(long number, String endpoint, String path) {}

    /** Which call. */
    Call call();

    /**
     * A request goes out.
     *
     * @param attempt from 1
     * @param cost in credits
     */
    record Sent(Call call, int attempt, int cost) implements ImgurEvent {}

    /**
     * An answer came, whatever it says.
     *
     * @param attempt from 1
     * @param status the HTTP status
     * @param bytes of the body
     * @param elapsed since the request went out
     * @param rateLimits what the headers told; {@code null} if nothing
     */
    record Answered(
            Call call,
            int attempt,
            int status,
            long bytes,
            Duration elapsed,
            @Nullable RateLimits rateLimits) implements ImgurEvent {}

    /**
     * An attempt failed and there will be another.
     *
     * @param attempt that failed, from 1
     * @param pause until the next
     * @param failure what it failed with
     */
    record Retrying(Call call, int attempt, Duration pause, ImgurException failure) implements ImgurEvent {}

    /**
     * The call waits for credits.
     *
     * @param since when it began to wait
     */
    record AwaitingCredits(Call call, Instant since) implements ImgurEvent {}

    /** The access token was turned away, or has expired; the call goes on when there is a new one. */
    record AwaitingTokens(Call call) implements ImgurEvent {}

    /**
     * The call has failed for good.
     *
     * @param attempts that were made; 0 if it was never sent
     * @param failure what its caller gets
     */
    record Failed(Call call, int attempts, ImgurException failure) implements ImgurEvent {}
}
