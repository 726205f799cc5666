package dev.gearshift.imgur.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of the API.
 *
 * @param path as written in {@link ApiRoutes}: {@code [ ]} is optional, <code>{name}</code> stands for one of the
 *     values that its name allows
 * @param cost in credits
 */
record Route(
        String method,
        String path,
        Pattern pattern,
        List<String> names,
        Access access,
        int cost,
        Function<Call, Answer> handler) {

    /** What a call must bring. */
    enum Access {
        ANYONE,
        CLIENT,
        ACCOUNT
    }

    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z]+)}");

    /** What the names in paths stand for. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("id", "[A-Za-z0-9]{5}|[A-Za-z0-9]{7}"),
            Map.entry("imageId", "[A-Za-z0-9]{5}|[A-Za-z0-9]{7}"),
            Map.entry("key", "[A-Za-z0-9]{5,15}"),
            Map.entry("page", "\\d{1,9}"),
            Map.entry("number", "\\d{1,18}"),
            Map.entry("section", "hot|top|user"),
            Map.entry("sort", "viral|top|time|rising|random"),
            Map.entry("imageSort", "time|top"),
            Map.entry("window", "day|week|month|year|all"),
            Map.entry("user", "[A-Za-z0-9_]{2,63}"),
            Map.entry("order", "best|worst|oldest|newest"),
            Map.entry("commentSort", "best|top|new"),
            Map.entry("name", "[^/]{1,100}"));

    static Route of(String method, String path, Access access, int cost, Function<Call, Answer> handler) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(path.replace("[", "(?:").replace("]", ")?"));
        StringBuilder regex = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String values = VALUES.get(name);
            if (values == null) {
                throw new IllegalArgumentException(path + " uses {" + name + "}, which stands for nothing.");
            }
            names.add(name);
            matcher.appendReplacement(regex, Matcher.quoteReplacement("(?<" + name + ">" + values + ")"));
        }
        matcher.appendTail(regex);
        return new Route(method, path, Pattern.compile(regex.toString()), List.copyOf(names), access, cost, handler);
    }

    /** The values of the names; null if it is another path. Those of optional parts that are absent are absent. */
    @Nullable
    Map<String, String> match(String asked) {
        Matcher matcher = pattern.matcher(asked);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            String value = matcher.group(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }
}
