package dev.gearshift.imgur.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the text of {@link Faults}. */
final class FaultText {

    static final String ALL = "all";

    private static final String FORMS = "A part is 'seed N', 'slowness TIME', 'retry-after TIME',"
            + " 'N% [/path] FAULT…' or 'next N [/path] FAULT…'.";

    private FaultText() {}

    static Faults parse(String text) {
        Faults faults = Faults.none();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                try {
                    faults = add(faults, Arrays.asList(part.trim().split("\\s+")));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "The fault script stops making sense at '" + part.trim() + "'. " + e.getMessage(), e);
                }
            }
        }
        return faults;
    }

    private static Faults add(Faults faults, List<String> words) {
        String first = words.get(0);
        if (first.endsWith("%")) {
            double share = share(first.substring(0, first.length() - 1));
            List<String> rest = words.subList(1, words.size());
            return faults.with(new Faults.Share(share, path(rest), kinds(rest)));
        }
        if (words.size() < 2) {
            throw new IllegalArgumentException(FORMS);
        }
        String value = words.get(1);
        if (first.equals("next")) {
            List<String> rest = words.subList(2, words.size());
            return faults.with(new Faults.Next((int) number(value, Integer.MAX_VALUE), path(rest), kinds(rest)));
        }
        if (words.size() > 2) {
            throw new IllegalArgumentException(FORMS);
        }
        return switch (first) {
            case "seed" ->
                new Faults(number(value, Long.MAX_VALUE), faults.slowness(), faults.retryAfter(), faults.rules());
            case "slowness" -> faults.withSlowness(DurationText.parse(first, value));
            case "retry-after" -> faults.withRetryAfter(DurationText.parse(first, value));
            default -> throw new IllegalArgumentException(FORMS);
        };
    }

    private static double share(String percent) {
        try {
            return new BigDecimal(percent).movePointLeft(2).doubleValue();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + percent + "%' is not a number of percent.", e);
        }
    }

    private static long number(String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number.", e);
        }
        throw new IllegalArgumentException("'" + text + "' is more than " + most + ".");
    }

    private static boolean hasPath(List<String> words) {
        return !words.isEmpty() && words.get(0).startsWith("/");
    }

    private static String path(List<String> words) {
        return hasPath(words) ? words.get(0) : "/";
    }

    private static List<Fault> kinds(List<String> words) {
        List<Fault> kinds = new ArrayList<>();
        for (String word : words.subList(hasPath(words) ? 1 : 0, words.size())) {
            if (word.equals(ALL)) {
                kinds.addAll(List.of(Fault.values()));
            } else {
                kinds.add(kind(word));
            }
        }
        return kinds;
    }

    private static Fault kind(String word) {
        for (Fault fault : Fault.values()) {
            if (fault.toString().equals(word)) {
                return fault;
            }
        }
        String known = Arrays.stream(Fault.values()).map(Fault::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "There is no fault '" + word + "'. There are: " + known + "; or all of them by '" + ALL + "'.");
    }
}
