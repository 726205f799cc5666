package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What people are told about Imgur's credits. */
final class CreditsText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private CreditsText() {}

    /** A point in time, and how far off it is: {@code 2026-11-25 14:05:00 UTC, in 43 min}. */
    static String when(Instant time, Clock clock) {
        Duration left = Duration.between(clock.instant(), time);
        return TIME.format(time) + (left.isNegative() ? "" : ", in " + rounded(left));
    }

    /** A length of time: {@code 43 min}. */
    static String rounded(Duration left) {
        if (left.compareTo(Duration.ofMinutes(2)) < 0) {
            return left.toSeconds() + " s";
        }
        return left.compareTo(Duration.ofHours(2)) < 0 ? left.toMinutes() + " min" : left.toHours() + " h";
    }

    /** Why a call was not made, and when credits come back. */
    static String usedUp(ImgurException.CreditsUsedUp none, Clock clock) {
        Duration wait = none.retryAfter();
        if (!none.retryable() || wait == null) {
            return "the credits that --budget allows are spent.";
        }
        Instant back = clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS);
        if (none.forToday()) {
            return "Imgur's credits are used up for today, and no option waits for them. Imgur does not tell when they come"
                    + " back; at the latest it is " + when(back, clock) + ". Run the same command again then.";
        }
        return "Imgur's credits are used up; they come back at " + when(back, clock)
                + ". With --wait-for-credits it waits for them.";
    }

    /** Whether an attempt may have been carried out, although the call failed. */
    static boolean mayBeDone(Throwable failed) {
        return wentUnanswered(failed)
                || anyAttempt(
                        failed,
                        e -> e instanceof ImgurException.ServerError || e instanceof ImgurException.UnexpectedAnswer);
    }

    /** Whether nothing came back from an attempt that went out. */
    static boolean wentUnanswered(Throwable failed) {
        return anyAttempt(failed, e -> e instanceof ImgurException.NoAnswer none && none.wentOut());
    }

    /** What the attempts before the last ended with is suppressed. */
    private static boolean anyAttempt(Throwable failed, Predicate<Throwable> what) {
        return what.test(failed) || Stream.of(failed.getSuppressed()).anyMatch(before -> anyAttempt(before, what));
    }

    /** What went wrong, in words for people. */
    static String reason(ImgurException e, Clock clock) {
        return e instanceof ImgurException.CreditsUsedUp none ? usedUp(none, clock) : String.valueOf(e.getMessage());
    }
}
