package dev.gearshift.imgur;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many credits of one kind are left, as far as this client can know. Guarded by the {@link CreditGovernor}'s lock.
 *
 * <p>What Imgur tells only goes down within a window. So the lowest number told is of the call that Imgur counted last
 * of all that told one, in whichever order their answers came, and there are never fewer left than
 *
 * <pre>
 *   lowest                 the lowest number told
 * - blind                  cost of the calls that told nothing, and may have been counted after that one
 * - inFlight               cost of the calls that are still to be answered
 * </pre>
 *
 * <p>unless somebody else spends credits at the same time; what others have spent shows in the next number told.
 *
 * <p>When a window is over, the next is taken for full, and still has to be confirmed by an answer to a call that was sent
 * since: this clock may be ahead of Imgur's. Whatever such an answer tells is believed, also that the old window goes on.
 */
final class Allowance {
    /** Two tellings of the same end of a window may differ by the time an answer takes. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final String name;
    private final Duration window;
    private final long margin;

    private @Nullable Long lowest;
    private @Nullable Long limit;
    private long inFlight;
    /** Calls that have told nothing, ever; and how many of them {@code lowest} surely counts. */
    private long silent;

    private long silentCounted;
    /** Grows with each new {@code lowest}: who was sent after it must be told a lower number, or a new window began. */
    private long version;

    private Instant resets = Instant.MIN;
    private boolean resetTold;
    private @Nullable Instant lastReset;

    /** How many windows were taken for over; whether an answer has confirmed it; and the calls sent since. */
    private long windowsOver;

    private boolean confirmed = true;
    private int readsSince;
    private int postsSince;

    Allowance(String name, Duration window, long margin) {
        this.name = name;
        this.window = window;
        this.margin = margin;
    }

    /**
     * Credits that one call holds.
     *
     * @param post whether it is for a post, which may take much longer than a read
     * @param silentBefore what {@code silent} was when it was sent
     * @param versionBefore what {@code version} was when it was sent
     * @param window what {@code windowsOver} was when it was sent
     */
    record Hold(Allowance allowance, long cost, boolean post, long silentBefore, long versionBefore, long window) {

        /** Whether no other window has begun since it was sent. */
        boolean isOfThisWindow() {
            return window == allowance.windowsOver;
        }
    }

    Hold hold(long cost, boolean post) {
        inFlight += cost;
        sent(post, 1);
        return new Hold(this, cost, post, silent, version, windowsOver);
    }

    private void sent(boolean post, int calls) {
        if (post) {
            postsSince += calls;
        } else {
            readsSince += calls;
        }
    }

    /** The call was not sent. */
    void release(Hold hold) {
        inFlight -= hold.cost;
        if (hold.isOfThisWindow()) {
            sent(hold.post, -1);
        }
    }

    /** The call was answered and told nothing, or will not be answered any more: it may have been charged. */
    void endSilently(Hold hold, Instant now) {
        expire(now);
        release(hold);
        silent += hold.cost;
    }

    /** The call was answered, and perhaps told how many are left. */
    void end(Hold hold, @Nullable Long told, @Nullable Long toldLimit, @Nullable Instant toldReset, Instant now) {
        if (told == null) {
            endSilently(hold, now);
        } else {
            endTelling(hold, told, toldLimit, toldReset, now);
        }
    }

    private void endTelling(Hold hold, long told, @Nullable Long toldLimit, @Nullable Instant toldReset, Instant now) {
        expire(now);
        release(hold);
        if (!hold.isOfThisWindow() && isOfAnEarlierWindow(toldReset)) {
            return;
        }
        confirmed = true;
        if (toldLimit != null) {
            limit = toldLimit;
        }
        Instant until = plausible(toldReset, now) ? toldReset : null;
        boolean laterWindow = until != null && resetTold && until.isAfter(resets.plus(TOLERANCE));
        if (lowest == null || laterWindow || told <= lowest || hold.versionBefore == version) {
            lowest = told;
            silentCounted = hold.silentBefore;
            version++;
        }
        resets = until == null ? now.plus(window) : until;
        resetTold = until != null;
    }

    private boolean plausible(@Nullable Instant reset, Instant now) {
        return reset != null
                && reset.isAfter(now)
                && !reset.isAfter(now.plus(window).plus(TOLERANCE));
    }

    private boolean isOfAnEarlierWindow(@Nullable Instant toldReset) {
        if (toldReset == null) {
            return false;
        }
        return (resetTold && toldReset.isBefore(resets.minus(TOLERANCE)))
                || (lastReset != null && !toldReset.isAfter(lastReset.plus(TOLERANCE)));
    }

    boolean isConfirmed() {
        return confirmed;
    }

    boolean isKnown() {
        return lowest != null;
    }

    /** Whether nobody has told yet that a window is over, and so many posts, or reads, are on their way to find out. */
    boolean isProbedBy(long calls, boolean posts) {
        return !confirmed && (posts ? postsSince : readsSince) >= calls;
    }

    /** What a call does with the margin. */
    enum Margin {
        KEPT,
        TAKEN
    }

    /** Whether so much can be spent without any risk. */
    boolean has(long cost, Margin use) {
        return cost == 0 || lowest == null || settled(lowest, use) - inFlight >= cost;
    }

    /** Whether there is so little that no answer under way can change it. */
    boolean lacks(long cost, Margin use) {
        return cost > 0 && lowest != null && inFlight == 0 && settled(lowest, use) < cost;
    }

    private long settled(long left, Margin use) {
        return left - (silent - silentCounted) - (use == Margin.KEPT ? margin : 0);
    }

    /** When what is known is forgotten. */
    Instant resets() {
        return resets;
    }

    /** Forgets what is known once the window is over: the next is taken to hold as much as the limit that was told. */
    void expire(Instant now) {
        if (lowest != null && !now.isBefore(resets)) {
            lowest = limit;
            silentCounted = silent;
            version++;
            windowsOver++;
            confirmed = false;
            readsSince = 0;
            postsSince = 0;
            lastReset = resetTold ? resets : lastReset;
            resets = now.plus(window);
            resetTold = false;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
