package dev.gearshift.imgur.internal;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the answer to a request for tokens, which has no envelope. */
public final class TokenModels {
    private static final long LONGEST_SECONDS = Duration.ofDays(36_500).toSeconds();

    private TokenModels() {}

    /** What came. */
    public record Answer(
            String accessToken,
            @Nullable String refreshToken,
            @Nullable Duration lifetime,
            @Nullable String accountUsername) {

        /** The user; no token. */
        @Override
        public String toString() {
            return "Answer[accountUsername=" + accountUsername + "]";
        }
    }

    /**
     * The answer.
     *
     * @throws UnreadableAnswerException if it holds no access token
     */
    public static Answer answer(Map<?, ?> json) {
        Fields fields = new Fields(json);
        Long seconds = fields.number("expires_in");
        boolean plausible = seconds != null && seconds > 0;
        return new Answer(
                token(fields.requiredText("access_token")),
                fields.text("refresh_token"),
                plausible && seconds != null ? Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)) : null,
                fields.text("account_username"));
    }

    private static String token(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new UnreadableAnswerException("the access token is none");
        }
        return text;
    }
}
