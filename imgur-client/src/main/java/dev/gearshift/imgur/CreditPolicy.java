package dev.gearshift.imgur;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client does about Imgur's credits. Whatever the policy, no call is sent that would need more credits than are
 * left, as far as Imgur has told: it stops before the daily limit, since Imgur blocks applications that run into it.
 *
 * <p>Credits are reserved before a call and counted by its answer, so that any number of threads stays within them.
 * Other programs with the same client id are seen only by what Imgur tells afterwards; the daily margin is for them. It is
 * also for a read that an {@link ImgurClient.Builder#httpClient HttpClient of your own} sends once more by itself, as the
 * JDK's does when a kept connection breaks before any answer; the client that is made otherwise does not.
 *
 * @param longestWait how long a call waits for the hour's credits to come back before it fails; zero to fail at once
 * @param budget how many credits the client may spend in its life; {@code null} for no such limit
 * @param dailyMargin how many of the application's credits of the day are not touched, but by {@link ImgurClient#credits()}
 */
public record CreditPolicy(Duration longestWait, @Nullable Long budget, int dailyMargin) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one of them is negative
     */
    public CreditPolicy {
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("longestWait must be zero or more; this is " + longestWait);
        }
        longestWait = Positive.capped(longestWait);
        if (budget != null && budget < 0) {
            throw new IllegalArgumentException("budget must be 0 or more; this is " + budget);
        }
        if (dailyMargin < 0) {
            throw new IllegalArgumentException("dailyMargin must be 0 or more; this is " + dailyMargin);
        }
    }

    /** Calls fail with {@link ImgurException.CreditsUsedUp} when there are no credits for them; a daily margin of 10. */
    public static CreditPolicy failing() {
        return new CreditPolicy(Duration.ZERO, null, 10);
    }

    /**
     * Calls wait for the hour's credits to come back, up to a limit. What is used up for the day fails at once: no policy
     * waits for that.
     *
     * @throws IllegalArgumentException if the limit is negative
     */
    public static CreditPolicy waiting(Duration longestWait) {
        return new CreditPolicy(longestWait, null, 10);
    }

    /**
     * The same, with a limit to what the client may spend in its life.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public CreditPolicy withBudget(long credits) {
        return new CreditPolicy(longestWait, credits, dailyMargin);
    }

    /**
     * The same, with another margin of the application's daily credits that is left alone.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public CreditPolicy withDailyMargin(int credits) {
        return new CreditPolicy(longestWait, budget, credits);
    }
}
