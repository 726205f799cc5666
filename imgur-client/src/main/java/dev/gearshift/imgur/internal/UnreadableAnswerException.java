package dev.gearshift.imgur.internal;

/** An answer that came through whole and is not what was asked for; the message says what is wrong with it. */
public final class UnreadableAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean noObject;

    UnreadableAnswerException(String message) {
        super(message);
        noObject = false;
    }

    /** More came than is read. */
    public static UnreadableAnswerException tooLarge(int limit) {
        return new UnreadableAnswerException("the answer has more than " + (limit >> 20) + " MiB");
    }

    private UnreadableAnswerException() {
        super("the body is not a JSON object");
        noObject = true;
    }

    UnreadableAnswerException(String message, Throwable cause) {
        super(message, cause);
        noObject = false;
    }

    static UnreadableAnswerException noObject() {
        return new UnreadableAnswerException();
    }

    /** Whether there is nothing in it to be read: no JSON, or not all of it. */
    public boolean isNoObject() {
        return noObject;
    }
}
