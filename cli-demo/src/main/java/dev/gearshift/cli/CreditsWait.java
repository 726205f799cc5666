package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurEvent;
import dev.gearshift.imgur.ImgurListener;
import dev.gearshift.imgur.RateLimits;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says on standard error that a call waits for credits, and until when: that may take most of an hour. */
final class CreditsWait implements ImgurListener {
    private final PrintWriter err;
    private final Duration longest;
    private final Clock clock;
    private volatile @Nullable RateLimits told;

    /** @param longest how long a call waits at most */
    CreditsWait(PrintWriter err, Duration longest, Clock clock) {
        this.err = err;
        this.longest = longest;
        this.clock = clock;
    }

    @Override
    public void happened(ImgurEvent event) {
        if (event instanceof ImgurEvent.Answered answer && tellsWhen(answer.rateLimits())) {
            told = answer.rateLimits();
        } else if (event instanceof ImgurEvent.AwaitingCredits) {
            Instant back = creditsBack(event.call().endpoint().startsWith("POST"));
            err.println("Waiting for Imgur's credits"
                    + (back == null
                            ? ", for no longer than " + CreditsText.rounded(longest) + "."
                            : "; they come back at " + CreditsText.when(back, clock) + "."));
            err.flush();
        }
    }

    private static boolean tellsWhen(@Nullable RateLimits limits) {
        return limits != null && (limits.userReset() != null || limits.postReset() != null);
    }

    private @Nullable Instant creditsBack(boolean post) {
        RateLimits latest = told;
        if (latest == null) {
            return null;
        }
        Long posts = latest.postRemaining();
        return post && posts != null && posts == 0 ? latest.postReset() : latest.userReset();
    }
}
