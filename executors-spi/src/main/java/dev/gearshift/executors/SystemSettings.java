package dev.gearshift.executors;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * For strategies: one setting from outside, and the one place that reads them: a system property {@code
 * gearshift.some.name}, else the environment variable {@code GEARSHIFT_SOME_NAME}. Blank counts as absent.
 *
 * @param value what was set
 * @param from how it was set, as one would write it: {@code -Dgearshift.strategy} or {@code GEARSHIFT_STRATEGY}
 */
public record SystemSettings(String value, String from) {
    static final String STRATEGY = "gearshift.strategy";
    static final String PARALLELISM = "gearshift.parallelism";
    static final String CHECK_PORTABLE = "gearshift.checkPortable";

    /** What is set, if anything is. */
    public static Optional<SystemSettings> read(String property) {
        String value = System.getProperty(property);
        if (value != null && !value.isBlank()) {
            return Optional.of(new SystemSettings(value.strip(), "-D" + property));
        }
        String variable = variable(property);
        value = System.getenv(variable);
        return value == null || value.isBlank()
                ? Optional.empty()
                : Optional.of(new SystemSettings(value.strip(), variable));
    }

    /** {@code gearshift.checkPortable} is {@code GEARSHIFT_CHECK_PORTABLE} in the environment. */
    static String variable(String property) {
        return property.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * The value as a number above 0.
     *
     * @throws IllegalArgumentException if it is none; the message names the setting
     */
    int positiveInt() {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(mustBe("a whole number above 0"), e);
        }
        throw new IllegalArgumentException(mustBe("a whole number above 0"));
    }

    /**
     * The value as {@code true} or {@code false}.
     *
     * @throws IllegalArgumentException if it is neither; the message names the setting
     */
    boolean bool() {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(mustBe("true or false"));
        };
    }

    /**
     * The value as something else.
     *
     * @param what what it must be, such as {@code a duration like 250ms}
     * @param read reads it, and throws any exception if it is not
     * @throws IllegalArgumentException if it cannot be read; the message names the setting
     */
    public <R> R as(String what, Function<String, R> read) {
        try {
            return read.apply(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(mustBe(what), e);
        }
    }

    /**
     * The value as a duration, written {@code 250ms}, {@code 1.5s}, {@code 10m} or {@code 2h}.
     *
     * @throws IllegalArgumentException if it is none; the message names the setting
     */
    public Duration duration() {
        return as("a duration such as 250ms or 1.5s", SystemSettings::parseDuration);
    }

    private static Duration parseDuration(String text) {
        String plain = text.replace(" ", "").toLowerCase(Locale.ROOT);
        return plain.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(plain.substring(0, plain.length() - 2)))
                : Duration.parse("PT" + plain);
    }

    /**
     * The value as a number of bytes, written {@code 65536}, {@code 64k}, {@code 512m} or {@code 2g}.
     *
     * @throws IllegalArgumentException if it is none; the message names the setting
     */
    public long bytes() {
        return as("a size such as 512m or 2g", SystemSettings::parseBytes);
    }

    private static long parseBytes(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        int unit = "kmg".indexOf(plain.charAt(plain.length() - 1));
        return unit < 0
                ? Long.parseLong(plain)
                : Math.multiplyExact(Long.parseLong(plain.substring(0, plain.length() - 1)), 1L << (10 * (unit + 1)));
    }

    private String mustBe(String what) {
        return from + " must be " + what + ", but is \"" + value + "\".";
    }
}
