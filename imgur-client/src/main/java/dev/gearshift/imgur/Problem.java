package dev.gearshift.imgur;

import dev.gearshift.imgur.DownloadFailedException.Reason;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt to download failed.
 *
 * @param what half a sentence
 * @param remedy what happens next
 * @param status of the answer, 0 without one
 * @param retryAfter how long the server asks to wait
 */
record Problem(
        Reason reason,
        String what,
        Remedy remedy,
        int status,
        @Nullable Duration retryAfter,
        @Nullable Throwable cause) {

    enum Remedy {
        /** It will fail again. */
        NONE,
        /** Another attempt, after a pause. */
        RETRY,
        /**
         * What a kept-alive connection looks like that the server had closed just then: says nothing about the server, so
         * that once per download the request is sent again at once.
         */
        RESEND
    }

    static Problem lasting(Reason reason, String what, int status) {
        return new Problem(reason, what, Remedy.NONE, status, null, null);
    }

    static Problem passing(Reason reason, String what, int status, @Nullable Throwable cause) {
        return new Problem(reason, what, Remedy.RETRY, status, null, cause);
    }

    DownloadFailedException asException(URI source, String where, int attempts) {
        String message = "Could not download " + where + ": " + what
                + (retryAfter == null ? "" : " and asks to wait for " + retryAfter.toSeconds() + " s")
                + (attempts > 1 ? ", after " + attempts + " attempts." : ".");
        return reason == Reason.REMOVED
                ? new MediaRemovedException(message, source, status, attempts)
                : new DownloadFailedException(message, source, reason, status, attempts, cause);
    }
}
