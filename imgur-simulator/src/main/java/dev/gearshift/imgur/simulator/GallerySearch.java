package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a search asks for: {@code q}, in which words stand side by side or with {@code AND}, {@code OR}, {@code NOT}, and
 * may begin with {@code title:}, {@code user:}, {@code tag:}, {@code ext:} or {@code album:}; or {@code q_all},
 * {@code q_any}, {@code q_exactly}, {@code q_not}, {@code q_type} and {@code q_size_px}, beside which {@code q} is ignored.
 */
final class GallerySearch {

    private static final List<String> SIZES = List.of("small", "med", "big", "lrg", "huge");

    /** From how many pixels on the longer side each size begins. */
    private static final List<Integer> SIDES = List.of(0, 500, 1000, 2500, 5000);

    private GallerySearch() {}

    static Predicate<GalleryEntry> of(Request request) {
        List<Predicate<GalleryEntry>> conditions = new ArrayList<>();
        add(conditions, request.parameter("q_all"), all -> every(words(all)));
        add(conditions, request.parameter("q_any"), any -> some(words(any)));
        add(conditions, request.parameter("q_exactly"), GallerySearch::contains);
        add(conditions, request.parameter("q_not"), not -> some(words(not)).negate());
        add(conditions, request.parameter("q_type"), GallerySearch::isOfType);
        add(conditions, request.parameter("q_size_px"), GallerySearch::isOfSize);
        String query = request.parameter("q");
        if (conditions.isEmpty()) {
            if (query == null || query.isBlank()) {
                throw Refusal.badRequest("A search needs a query: q, or one of q_all, q_any, q_exactly, q_not.");
            }
            return alternatives(words(query));
        }
        return conditions.stream().reduce(entry -> true, Predicate::and);
    }

    private static void add(
            List<Predicate<GalleryEntry>> conditions,
            @Nullable String value,
            Function<String, Predicate<GalleryEntry>> condition) {
        if (value != null && !value.isBlank()) {
            conditions.add(condition.apply(value));
        }
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.trim().split("\\s+"));
    }

    private static Predicate<GalleryEntry> alternatives(List<String> words) {
        int or = words.indexOf("OR");
        return or < 0
                ? every(words)
                : every(words.subList(0, or)).or(alternatives(words.subList(or + 1, words.size())));
    }

    private static Predicate<GalleryEntry> every(List<String> words) {
        Predicate<GalleryEntry> all = entry -> true;
        boolean negated = false;
        for (String word : words) {
            if (word.equals("NOT")) {
                negated = true;
            } else if (!word.equals("AND")) {
                all = all.and(negated ? term(word).negate() : term(word));
                negated = false;
            }
        }
        return all;
    }

    private static Predicate<GalleryEntry> some(List<String> words) {
        return words.stream().map(GallerySearch::term).reduce(entry -> false, Predicate::or);
    }

    private static Predicate<GalleryEntry> term(String word) {
        int colon = word.indexOf(':');
        String value = word.substring(colon + 1);
        return switch (word.substring(0, Math.max(0, colon))) {
            case "user" ->
                entry -> entry.account() != null && entry.account().name().equalsIgnoreCase(value);
            case "tag" -> {
                Tag tag = Tag.find(value);
                yield entry -> tag != null && tag.isOn(entry);
            }
            case "ext" ->
                entry -> entry instanceof ImageEntry image && image.extension().equalsIgnoreCase(value);
            case "album" ->
                entry -> entry instanceof AlbumEntry && contains(value).test(entry);
            case "title" -> contains(value);
            default -> contains(word);
        };
    }

    private static Predicate<GalleryEntry> contains(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return entry ->
                entry.title() != null && entry.title().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Predicate<GalleryEntry> isOfType(String type) {
        return switch (type) {
            case "jpg", "png" ->
                entry -> entry instanceof ImageEntry image && image.extension().equals(type);
            case "gif", "anigif" -> entry -> entry instanceof ImageEntry image && image.isGif();
            case "album" -> AlbumEntry.class::isInstance;
            default -> throw Refusal.badRequest("q_type is one of jpg, png, gif, anigif, album.");
        };
    }

    private static Predicate<GalleryEntry> isOfSize(String size) {
        int rank = SIZES.indexOf(size);
        if (rank < 0) {
            throw Refusal.badRequest("q_size_px is one of small, med, big, lrg, huge.");
        }
        return entry -> {
            if (!(entry instanceof ImageEntry image)) {
                return false;
            }
            int side = Math.max(image.picture().width(), image.picture().height());
            return side >= SIDES.get(rank) && (rank + 1 == SIDES.size() || side < SIDES.get(rank + 1));
        };
    }
}
