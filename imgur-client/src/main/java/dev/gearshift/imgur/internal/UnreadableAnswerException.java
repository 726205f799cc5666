package dev.gearshift.imgur.internal;

/** An answer that came through whole and is not what was asked for; the message says what is wrong with it. */
public final class UnreadableAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message) {
        super(message);
    }

    UnreadableAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
