package dev.gearshift.imgur;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.escape.Escaper;
import com.google.common.net.UrlEscapers;
import java.net.URI;
import java.util.Collection;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An endpoint with the values that fill its path, and the query.
 *
 * @param values by the names in the endpoint's path
 * @param secret names whose values are shown to nobody
 * @param query in order; a name may come more than once
 */
record Address(
        Endpoint endpoint,
        ImmutableMap<String, String> values,
        ImmutableSet<String> secret,
        ImmutableList<Field> query) {
    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
    private static final Escaper SEGMENT = UrlEscapers.urlPathSegmentEscaper();
    private static final Escaper QUERY = UrlEscapers.urlFormParameterEscaper();

    /** A name and a value of a query or a form; one that is secret is shown to nobody. */
    record Field(String name, String value, boolean secret) {

        /** The name, and no value. */
        @Override
        public String toString() {
            return name;
        }
    }

    static Address of(Endpoint endpoint) {
        return new Address(endpoint, ImmutableMap.of(), ImmutableSet.of(), ImmutableList.of());
    }

    /** With a value for a name of the path; one that was there before is replaced. */
    Address with(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The " + name + " is blank");
        }
        if (value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("The " + name + " is \"" + value + "\", which names nothing");
        }
        ImmutableMap<String, String> more = ImmutableMap.<String, String>builder()
                .putAll(values)
                .put(name, value)
                .buildKeepingLast();
        return new Address(endpoint, more, secret, query);
    }

    Address withSecret(String name, String value) {
        Address more = with(name, value);
        ImmutableSet<String> names =
                ImmutableSet.<String>builder().addAll(secret).add(name).build();
        return new Address(endpoint, more.values, names, query);
    }

    Address withParameter(String name, String value) {
        ImmutableList<Field> more = ImmutableList.<Field>builder()
                .addAll(query.stream().filter(field -> !field.name.equals(name)).toList())
                .add(new Field(name, value, ApiAccess.mayBeSecret(value)))
                .build();
        return new Address(endpoint, values, secret, more);
    }

    /**
     * The whole address.
     *
     * @param api ends in {@code /3/}, or in what a gateway has in its place
     */
    URI under(URI api) {
        String path = filled(SEGMENT::escape);
        URI uri = path.startsWith(Endpoint.VERSION)
                ? api.resolve(path.substring(Endpoint.VERSION.length()))
                : api.resolve("../" + path);
        if (query.isEmpty()) {
            return uri;
        }
        return URI.create(uri + "?"
                + query.stream()
                        .map(field -> QUERY.escape(field.name) + "=" + QUERY.escape(field.value))
                        .collect(Collectors.joining("&")));
    }

    /** The path as messages show it: no query, and no secret. */
    String shown() {
        Address masked = this;
        for (String name : secret) {
            masked = masked.with(name, "***");
        }
        return "/" + masked.filled(UnaryOperator.identity());
    }

    /** The values that are shown to nobody. */
    Collection<String> secrets() {
        return Stream.concat(
                        secret.stream().map(values::get),
                        query.stream().filter(Field::secret).map(Field::value))
                .toList();
    }

    private String filled(UnaryOperator<String> escape) {
        Matcher names = NAME.matcher(endpoint.path());
        return names.replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException(endpoint + " was given no " + found.group(1));
            }
            return Matcher.quoteReplacement(escape.apply(value));
        });
    }

    /** The names and no values. */
    @Override
    public String toString() {
        return endpoint + " with " + String.join(", ", values.keySet());
    }
}
