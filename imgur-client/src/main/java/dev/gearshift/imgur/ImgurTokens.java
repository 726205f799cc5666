package dev.gearshift.imgur;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a signed-in user's calls are made with. Keep it as carefully as a password.
 *
 * @param accessToken sent with each call
 * @param refreshToken what a new access token is asked for with; {@code null} if there is none
 * @param expiresAt when the access token stops working; {@code null} if not known
 * @param accountUsername whose it is; {@code null} if not known
 */
public record ImgurTokens(
        String accessToken,
        @Nullable String refreshToken,
        @Nullable Instant expiresAt,
        @Nullable String accountUsername) {

    /**
     * Checks that they can be sent.
     *
     * @throws IllegalArgumentException if a token is blank or holds what no token holds; it is not in the message
     */
    public ImgurTokens {
        Objects.requireNonNull(accessToken, "accessToken");
        checkToken(accessToken, "access");
        if (refreshToken != null) {
            checkToken(refreshToken, "refresh");
        }
    }

    /** An access token alone; when it stops working, so do the calls. */
    public static ImgurTokens of(String accessToken) {
        return new ImgurTokens(accessToken, null, null, null);
    }

    /** An access token and what renews it. */
    public static ImgurTokens of(String accessToken, String refreshToken) {
        return new ImgurTokens(accessToken, refreshToken, null, null);
    }

    private static void checkToken(String token, String kind) {
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("The " + kind + " token is not what tokens look like.");
        }
    }

    /** The user and the time; no token. */
    @Override
    public String toString() {
        return "ImgurTokens[accountUsername=" + accountUsername + ", expiresAt=" + expiresAt + "]";
    }
}
