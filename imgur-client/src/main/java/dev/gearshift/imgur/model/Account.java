package dev.gearshift.imgur.model;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user, as {@code GET /3/account/{username}} answers.
 *
 * @param id the user's number
 * @param username what Imgur calls {@code url}
 * @param bio what the user says about himself or herself
 * @param avatar the picture
 * @param avatarName that picture's name
 * @param cover the picture on top of the user's page
 * @param coverName that picture's name
 * @param reputation points, not always a whole number
 * @param reputationName the rank they make
 * @param created when the account was made
 * @param proExpiration until when the account is a paid one; {@code null} if it is none
 * @param followed whether the signed-in user follows this one; {@code null} if not told
 * @param blocked whether the signed-in user has blocked this one; {@code null} if not told
 * @param extra every other field of the answer by its name; also those of the fields above whose value made no sense
 */
public record Account(
        long id,
        String username,
        @Nullable String bio,
        @Nullable URI avatar,
        @Nullable String avatarName,
        @Nullable URI cover,
        @Nullable String coverName,
        double reputation,
        @Nullable String reputationName,
        @Nullable Instant created,
        @Nullable Instant proExpiration,
        @Nullable Boolean followed,
        @Nullable Boolean blocked,
        Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public Account {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(extra, "extra");
    }

    /** The number and the name. */
    @Override
    public String toString() {
        return "Account[id=" + id + ", username=" + username + "]";
    }
}
