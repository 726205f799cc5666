package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.UnreadableAnswerException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to Imgur that did not bring what it was for. The subtypes are all there are, one for each thing a caller may
 * want to do about it. The message is one sentence that says what happened, where, and what to do; neither it nor
 * {@link #body()} ever holds the client id, a token or a deletehash. With what the attempts before the last ended is
 * {@linkplain #getSuppressed() suppressed}.
 */
public abstract sealed class ImgurException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorAnswer answer;

    private ImgurException(ErrorAnswer answer, String advice, @Nullable Throwable cause) {
        super(answer.sentence() + " " + advice, cause);
        this.answer = answer;
    }

    /** The HTTP status; 0 if there was no answer. */
    public final int status() {
        return answer.status();
    }

    /** Imgur's own error code, where it sent one. */
    public final @Nullable String code() {
        return answer.code();
    }

    /** The start of the answer's body as text, at most 4,096 characters; empty if there was none. */
    public final String body() {
        return answer.body();
    }

    /** The path of the request, such as {@code /3/image/abc}; {@code ***} stands for a deletehash. */
    public final String requestPath() {
        return answer.asked().path();
    }

    /** The HTTP method of the request. */
    public final String requestMethod() {
        return answer.asked().method();
    }

    /** What the answer told about limits; {@code null} if nothing. */
    public final @Nullable RateLimits rateLimits() {
        return answer.rateLimits();
    }

    /** How long the answer asked to wait; {@code null} if it did not. */
    public final @Nullable Duration retryAfter() {
        return answer.retryAfter();
    }

    /** Whether the same call may work later. The client has then already tried as often as it was told to. */
    public boolean retryable() {
        return false;
    }

    /** 400, or another 4xx of that kind (405, 413, 415, 422): a parameter or an upload is wrong. */
    public static final class BadRequest extends ImgurException {
        private static final long serialVersionUID = 1L;

        BadRequest(ErrorAnswer answer) {
            super(answer, "Correct the request; sent again as it is, it fails again.", null);
        }
    }

    /** 401: Imgur does not know the client id or the tokens, or the call needs a signed-in user. */
    public static final class Unauthorized extends ImgurException {
        private static final long serialVersionUID = 1L;

        Unauthorized(ErrorAnswer answer) {
            super(answer, "Check the client id (IMGUR_CLIENT_ID), or the tokens if a user is signed in.", null);
        }
    }

    /** 403 that is meant to last: the client id may not do this. */
    public static final class Forbidden extends ImgurException {
        private static final long serialVersionUID = 1L;

        Forbidden(ErrorAnswer answer) {
            super(
                    answer,
                    "Check that the client id (IMGUR_CLIENT_ID) is allowed to do this and has credits left.",
                    null);
        }
    }

    /** 404 or 410: no such image, album, user or page, or no longer. */
    public static final class NotFound extends ImgurException {
        private static final long serialVersionUID = 1L;

        NotFound(ErrorAnswer answer) {
            super(answer, "Check the id; what it named may also have been deleted.", null);
        }
    }

    /** 409: what was asked does not fit with how things are, as taking back what was never there. */
    public static final class Conflict extends ImgurException {
        private static final long serialVersionUID = 1L;

        Conflict(ErrorAnswer answer) {
            super(answer, "Look at the present state first.", null);
        }
    }

    /** Imgur does not answer where this machine is, by 451 or in words. */
    public static final class RegionBlocked extends ImgurException {
        private static final long serialVersionUID = 1L;

        RegionBlocked(ErrorAnswer answer) {
            super(answer, "Imgur does not serve the region this address is in; nothing here can change that.", null);
        }
    }

    /**
     * The call was not sent, as there are no credits for it: Imgur would have turned it away, and blocks applications
     * that run into the daily limit often. See {@link CreditPolicy}.
     */
    public static final class CreditsUsedUp extends ImgurException {
        private static final long serialVersionUID = 1L;
        private final boolean passes;
        private final boolean forToday;

        CreditsUsedUp(ErrorAnswer answer, CreditGovernor.Shortage shortage) {
            super(answer, advice(shortage), null);
            passes = shortage.until() != null;
            forToday = shortage.today();
        }

        private static String advice(CreditGovernor.Shortage shortage) {
            if (shortage.until() == null) {
                return "Stop here; a new client has a new budget.";
            }
            return shortage.today()
                    ? "Stop for today: no CreditPolicy waits for the day's credits. They come back after retryAfter() at"
                            + " the latest; Imgur does not tell when."
                    : "Wait until retryAfter() has passed, or set a CreditPolicy that waits.";
        }

        /** Whether there will be credits again; {@link #retryAfter()} says when. False for the client's own budget. */
        @Override
        public boolean retryable() {
            return passes;
        }

        /**
         * Whether it is the application's credits for the day that are used up. No {@link CreditPolicy} waits for those,
         * and Imgur does not tell when they come back: {@link #retryAfter()} is the longest that it may take.
         */
        public boolean forToday() {
            return forToday;
        }
    }

    /** Imgur calls itself over capacity, with 403 or another status; it means this address for some minutes. */
    public static final class OverCapacity extends ImgurException {
        private static final long serialVersionUID = 1L;

        OverCapacity(ErrorAnswer answer) {
            super(answer, "Try again in ten minutes, with fewer requests at a time.", null);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** 429: the limit of this address, this user or the application is used up. */
    public static final class RateLimited extends ImgurException {
        private static final long serialVersionUID = 1L;

        RateLimited(ErrorAnswer answer) {
            super(answer, advice(answer), null);
        }

        private static String advice(ErrorAnswer answer) {
            return answer.usedUpForToday()
                    ? "The application's credits are used up for today: stop until tomorrow, as Imgur blocks"
                            + " applications that go on."
                    : "Wait for the limit to start over (see rateLimits()), and send fewer requests.";
        }

        /** False once the application's credits for the day are gone. */
        @Override
        public boolean retryable() {
            return !super.answer.usedUpForToday();
        }
    }

    /** 5xx, or an answer in which Imgur reports a failure of its own. */
    public static final class ServerError extends ImgurException {
        private static final long serialVersionUID = 1L;

        ServerError(ErrorAnswer answer) {
            super(answer, "The fault is on Imgur's side; try again later.", null);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** An answer that is neither what was asked for nor any of the other failures: another status, HTML, broken JSON. */
    public static final class UnexpectedAnswer extends ImgurException {
        private static final long serialVersionUID = 1L;
        private final boolean passes;

        UnexpectedAnswer(ErrorAnswer answer, @Nullable Throwable cause) {
            super(answer, "See body() for what came, and check the API address.", cause);
            passes = cause instanceof UnreadableAnswerException unreadable && unreadable.isNoObject();
        }

        /** True for a good status with a web page, half of the JSON, or nothing: what was asked for may yet come whole. */
        @Override
        public boolean retryable() {
            return passes;
        }
    }

    /** No answer at all: no connection, one that broke, no answer in time, or the caller was interrupted. */
    public static final class NoAnswer extends ImgurException {
        private static final long serialVersionUID = 1L;
        private final boolean retryable;
        private final boolean wentOut;

        private NoAnswer(
                ErrorAnswer answer, String advice, @Nullable Throwable cause, boolean retryable, boolean wentOut) {
            super(answer, advice, cause);
            this.retryable = retryable;
            this.wentOut = wentOut;
        }

        static NoAnswer of(ErrorAnswer answer, Throwable cause, boolean wentOut) {
            return new NoAnswer(answer, "Check the network and the API address, and try again.", cause, true, wentOut);
        }

        static NoAnswer unreadable(ErrorAnswer answer, Throwable cause) {
            return new NoAnswer(answer, "Check that what is to be uploaded can be read.", cause, false, false);
        }

        static NoAnswer interrupted(ErrorAnswer answer, InterruptedException cause) {
            return new NoAnswer(answer, "The calling thread was interrupted, and still is.", cause, false, true);
        }

        /** The cause is what the last attempt ended with. */
        static NoAnswer late(ErrorAnswer answer, @Nullable ImgurException last) {
            return new NoAnswer(answer, "Allow it a later deadline, or try again later.", last, false, true);
        }

        static NoAnswer closed(ErrorAnswer answer) {
            return new NoAnswer(answer, "Close the client after its last call.", null, false, true);
        }

        /**
         * Whether Imgur may have got the attempt, and carried it out: false if no connection came about, or what was to
         * be sent could not be read. Of earlier attempts tells what is {@linkplain #getSuppressed() suppressed}.
         */
        public boolean wentOut() {
            return wentOut;
        }

        /**
         * False if the calling thread was interrupted, the client was closed, the call's deadline came, or what was to be
         * sent cannot be read.
         */
        @Override
        public boolean retryable() {
            return retryable;
        }
    }
}
