package dev.gearshift.imgur;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in the gallery. Never changes: each {@code with…} gives a changed copy.
 *
 * <p>There are two ways, and Imgur heeds only one of them at a time: a query in Imgur's own language ({@link #query}), or
 * any number of conditions.
 */
public final class GallerySearch {

    /** What kind of thing to find. */
    public enum Kind {
        /** JPEG pictures. */
        JPG,
        /** PNG pictures. */
        PNG,
        /** GIF pictures. */
        GIF,
        /** Animations. */
        ANIGIF,
        /** Albums. */
        ALBUM
    }

    /** How large, by the longer side in pixels. */
    public enum Size {
        /** Up to 500. */
        SMALL,
        /** 500 to 1,000. */
        MED,
        /** 1,000 to 2,000. */
        BIG,
        /** 2,000 to 5,000. */
        LRG,
        /** More than 5,000. */
        HUGE
    }

    private final ImmutableMap<String, String> parameters;

    private GallerySearch(Map<String, String> parameters) {
        this.parameters = ImmutableMap.copyOf(parameters);
    }

    /**
     * A query in Imgur's language: words, {@code AND}, {@code OR}, {@code NOT}, parentheses, and {@code tag:},
     * {@code user:}, {@code title:}, {@code ext:}, {@code subreddit:}, {@code album:}, {@code meme:}.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public static GallerySearch query(String query) {
        return new GallerySearch(Map.of()).with("q", query);
    }

    /**
     * Items with all of these words.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static GallerySearch allOf(String words) {
        return new GallerySearch(Map.of()).with("q_all", words);
    }

    /**
     * Items with any of these words.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static GallerySearch anyOf(String words) {
        return new GallerySearch(Map.of()).with("q_any", words);
    }

    /**
     * Items with these words one after the other.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static GallerySearch exactly(String words) {
        return new GallerySearch(Map.of()).with("q_exactly", words);
    }

    /**
     * And without any of these words.
     *
     * @throws IllegalArgumentException if there are none
     */
    public GallerySearch without(String words) {
        return condition("q_not", words);
    }

    /** And of this kind. */
    public GallerySearch of(Kind kind) {
        return condition("q_type", Ascii.toLowerCase(kind.name()));
    }

    /** And of this size. */
    public GallerySearch of(Size size) {
        return condition("q_size_px", Ascii.toLowerCase(size.name()));
    }

    /** As Imgur itself does with an address: a condition beats a query. {@code null} if there is neither. */
    static @Nullable GallerySearch ofParameters(Map<String, String> query) {
        Map<String, String> conditions = new TreeMap<>();
        query.forEach((name, value) -> {
            if (name.startsWith("q_") && !value.isBlank()) {
                conditions.put(name, value);
            }
        });
        if (!conditions.isEmpty()) {
            return new GallerySearch(conditions);
        }
        String words = query.getOrDefault("q", "");
        return words.isBlank() ? null : query(words);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GallerySearch search && parameters.equals(search.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    private GallerySearch condition(String name, String value) {
        if (parameters.containsKey("q")) {
            throw new IllegalArgumentException(
                    "Imgur ignores a query once there is a condition: say it in the query, or use conditions only");
        }
        return with(name, value);
    }

    private GallerySearch with(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("There is nothing to look for in " + name);
        }
        return new GallerySearch(ImmutableMap.<String, String>builder()
                .putAll(parameters)
                .put(name, value)
                .buildKeepingLast());
    }

    <T> ImgurPages<T> on(ImgurPages<T> pages) {
        ImgurPages<T> asked = pages;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            asked = asked.withParameter(parameter.getKey(), parameter.getValue());
        }
        return asked;
    }

    /** The conditions. */
    @Override
    public String toString() {
        return "GallerySearch" + parameters;
    }
}
