package dev.gearshift.imgur.model;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many credits there are and are left, as {@code GET /3/credits} answers. What was not told is {@code null}, which
 * never means 0.
 *
 * @param userLimit credits an hour for this address or user
 * @param userRemaining credits this address or user has left
 * @param userReset when {@code userRemaining} starts over
 * @param clientLimit credits a day for the application
 * @param clientRemaining credits the application has left today
 * @param extra every other field of the answer by its name
 */
public record Credits(
        @Nullable Long userLimit,
        @Nullable Long userRemaining,
        @Nullable Instant userReset,
        @Nullable Long clientLimit,
        @Nullable Long clientRemaining,
        Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public Credits {
        Objects.requireNonNull(extra, "extra");
    }

    /** What there is and is left; what is in {@link #extra} may be secret. */
    @Override
    public String toString() {
        return "Credits[userLimit=" + userLimit + ", userRemaining=" + userRemaining + ", userReset=" + userReset
                + ", clientLimit=" + clientLimit + ", clientRemaining=" + clientRemaining + "]";
    }
}
