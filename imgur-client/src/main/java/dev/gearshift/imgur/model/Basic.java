package dev.gearshift.imgur.model;

import org.jspecify.annotations.Nullable;

/**
 * What Imgur answers with when there is nothing to tell but that it went well; and any other answer as it came.
 *
 * @param data mostly {@code true}; Imgur also sends numbers, texts, lists and objects here, which cannot be changed
 * @param status what the answer's body gives as its status, which need not be the HTTP status; 0 if it gives none
 */
public record Basic(@Nullable Object data, int status) {

    /** The status; the data may hold what is secret. */
    @Override
    public String toString() {
        return "Basic[status=" + status + "]";
    }
}
