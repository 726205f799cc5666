package dev.gearshift.executors;

import java.util.Locale;
import java.util.Optional;

/**
 * The one place that reads settings from outside: a system property {@code gearshift.some.name}, else the environment
 * variable {@code GEARSHIFT_SOME_NAME}. Blank counts as absent.
 *
 * @param value what was set
 * @param from how it was set, as one would write it: {@code -Dgearshift.strategy} or {@code GEARSHIFT_STRATEGY}
 */
record SystemSettings(String value, String from) {
    static final String STRATEGY = "gearshift.strategy";
    static final String PARALLELISM = "gearshift.parallelism";
    static final String CHECK_PORTABLE = "gearshift.checkPortable";

    static Optional<SystemSettings> read(String property) {
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

    boolean bool() {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(mustBe("true or false"));
        };
    }

    private String mustBe(String what) {
        return from + " must be " + what + ", but is \"" + value + "\".";
    }
}
