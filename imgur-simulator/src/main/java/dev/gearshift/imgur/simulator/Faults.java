package dev.gearshift.imgur.simulator;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A script of what goes wrong, and when. Immutable, and the same as its text:
 *
 * <pre>{@code
 * Faults.seed(7).rate(0.05, Fault.RESET, Fault.TRUNCATED).next(3, "/3/image", Fault.OVER_CAPACITY)
 * Faults.parse("seed 7, 5% reset truncated, next 3 /3/image over-capacity")
 * }</pre>
 *
 * <p>Of a request, the first rule counts that has a fault for it. A rule with a share draws for each request anew; what
 * it draws follows from the seed, from what is asked for, and from how often that was asked for before, and not from
 * the order in which requests of several threads come.
 *
 * @param seed of the shares
 * @param slowness how long a {@link Fault#SLOW} body takes, from zero to an hour
 * @param retryAfter what a {@code Retry-After} says, from zero to an hour; rounded up to whole seconds
 * @param rules in the order in which they are looked at
 */
public record Faults(long seed, Duration slowness, Duration retryAfter, List<Rule> rules) {

    private static final Duration DEFAULT_SLOWNESS = Duration.ofSeconds(1);
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1);

    /** When which faults come. */
    public sealed interface Rule {

        /**
         * Whom it is for.
         *
         * @return what the path of a request begins with, {@code /} for all
         */
        String path();

        /**
         * Which faults there are.
         *
         * @return at least one
         */
        List<Fault> kinds();
    }

    /**
     * So many of a hundred requests get one of the faults, each as often as the others.
     *
     * @param share above 0, up to 1
     * @param path what the path of a request begins with, {@code /} for all
     * @param kinds at least one
     */
    public record Share(double share, String path, List<Fault> kinds) implements Rule {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is outside its range
         */
        public Share {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "A share of faults is above 0 % and at most 100 %, not " + percent(share) + " %.");
            }
            kinds = checked(path, kinds);
        }

        /** As in a script. */
        @Override
        public String toString() {
            return percent(share) + "%" + target(this);
        }
    }

    /**
     * The next requests get the faults, in turn.
     *
     * @param count of requests, at least 1
     * @param path what the path of a request begins with, {@code /} for all
     * @param kinds at least one
     */
    public record Next(int count, String path, List<Fault> kinds) implements Rule {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is outside its range
         */
        public Next {
            if (count < 1) {
                throw new IllegalArgumentException("'next' takes a count of 1 or more, not " + count + ".");
            }
            kinds = checked(path, kinds);
        }

        /** As in a script. */
        @Override
        public String toString() {
            return "next " + count + target(this);
        }
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a duration is outside its range
     */
    public Faults {
        check("slowness", slowness);
        check("retry-after", retryAfter);
        rules = List.copyOf(rules);
    }

    /**
     * Nothing goes wrong.
     *
     * @return a script without rules
     */
    public static Faults none() {
        return seed(1);
    }

    /**
     * The beginning of a script.
     *
     * @param seed any number
     * @return a script without rules
     */
    public static Faults seed(long seed) {
        return new Faults(seed, DEFAULT_SLOWNESS, DEFAULT_RETRY_AFTER, List.of());
    }

    /**
     * Reads a script: parts between commas, of these forms.
     *
     * <pre>
     * seed 7
     * slowness 500ms
     * retry-after 2s
     * 5% [PATH] FAULT…           of all requests, or of those whose path begins so
     * next 3 [PATH] FAULT…
     * </pre>
     *
     * <p>FAULT is a {@link Fault}, or {@code all}.
     *
     * @param text the script; blank for none
     * @return the same as a value
     * @throws IllegalArgumentException if it is not understood; the message says which part, and what there is
     */
    public static Faults parse(String text) {
        return FaultText.parse(text);
    }

    /**
     * With another rule, behind those that are there.
     *
     * @param share of the requests, above 0, up to 1
     * @param kinds at least one
     * @return a changed copy
     */
    public Faults rate(double share, Fault... kinds) {
        return rate(share, "/", kinds);
    }

    /**
     * With another rule, behind those that are there.
     *
     * @param share of the requests, above 0, up to 1
     * @param path what their path begins with
     * @param kinds at least one
     * @return a changed copy
     */
    public Faults rate(double share, String path, Fault... kinds) {
        return with(new Share(share, path, List.of(kinds)));
    }

    /**
     * With another rule, behind those that are there.
     *
     * @param count how many requests, at least 1
     * @param kinds at least one
     * @return a changed copy
     */
    public Faults next(int count, Fault... kinds) {
        return next(count, "/", kinds);
    }

    /**
     * With another rule, behind those that are there.
     *
     * @param count how many requests, at least 1
     * @param path what their path begins with
     * @param kinds at least one
     * @return a changed copy
     */
    public Faults next(int count, String path, Fault... kinds) {
        return with(new Next(count, path, List.of(kinds)));
    }

    /**
     * The same with another slowness.
     *
     * @param slowness how long a {@link Fault#SLOW} body takes, from zero to an hour
     * @return a changed copy
     */
    public Faults withSlowness(Duration slowness) {
        return new Faults(seed, slowness, retryAfter, rules);
    }

    /**
     * The same with another time to wait.
     *
     * @param retryAfter what a {@code Retry-After} says, from zero to an hour
     * @return a changed copy
     */
    public Faults withRetryAfter(Duration retryAfter) {
        return new Faults(seed, slowness, retryAfter, rules);
    }

    Faults with(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Faults(seed, slowness, retryAfter, more);
    }

    /**
     * What {@link #parse} reads.
     *
     * @return the script as text
     */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of("seed " + seed));
        if (!slowness.equals(DEFAULT_SLOWNESS)) {
            parts.add("slowness " + DurationText.of(slowness));
        }
        if (!retryAfter.equals(DEFAULT_RETRY_AFTER)) {
            parts.add("retry-after " + DurationText.of(retryAfter));
        }
        rules.forEach(rule -> parts.add(rule.toString()));
        return String.join(", ", parts);
    }

    private static String percent(double share) {
        return Double.isFinite(share)
                ? BigDecimal.valueOf(share)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(share);
    }

    private static String target(Rule rule) {
        StringBuilder text = new StringBuilder();
        if (!rule.path().equals("/")) {
            text.append(' ').append(rule.path());
        }
        if (rule.kinds().equals(Arrays.asList(Fault.values()))) {
            return text.append(' ').append(FaultText.ALL).toString();
        }
        rule.kinds().forEach(kind -> text.append(' ').append(kind));
        return text.toString();
    }

    private static List<Fault> checked(String path, List<Fault> kinds) {
        requireNonNull(path, "path");
        if (!path.matches("/[^\\s,]*")) {
            throw new IllegalArgumentException(
                    "A path begins with '/', and holds neither blanks nor commas: '" + path + "' doesn't do.");
        }
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("A rule needs at least one fault.");
        }
        return List.copyOf(kinds);
    }

    private static void check(String name, Duration duration) {
        requireNonNull(duration, name);
        if (duration.isNegative() || duration.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("The " + name + " must be from 0 to 1 hour, not " + duration + ".");
        }
    }
}
