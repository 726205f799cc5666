package dev.gearshift.imgur.internal;

import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.CreatedAlbum;
import dev.gearshift.imgur.model.Credits;
import dev.gearshift.imgur.model.Votes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds what is no more than a few numbers, words or ids. */
public final class SmallModels {
    private SmallModels() {}

    /** That it went well: whatever the {@code data} is, in a whole envelope, or nothing at all. */
    public static Basic basic(Map<?, ?> envelope) {
        if (Boolean.FALSE.equals(envelope.get("success"))) {
            throw new UnreadableAnswerException("the answer says that the call failed, and not why");
        }
        Fields fields = new Fields(envelope);
        return new Basic(fields.frozen("data"), fields.integerOrZero("status"));
    }

    /** The credits that are left. */
    public static Credits credits(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        return new Credits(
                fields.number("UserLimit"),
                fields.number("UserRemaining"),
                fields.instant("UserReset"),
                fields.number("ClientLimit"),
                fields.number("ClientRemaining"),
                fields.rest());
    }

    /** Votes. */
    public static Votes votes(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        return new Votes(fields.numberOrZero("ups"), fields.numberOrZero("downs"));
    }

    /** A number. */
    public static int count(@Nullable Object data) {
        Integer count = new Fields(Collections.singletonMap("data", data)).integer("data");
        if (count == null) {
            throw new UnreadableAnswerException("a number was expected");
        }
        return count;
    }

    /** Ids that are texts. */
    public static List<String> ids(@Nullable Object data) {
        return Models.list(data, SmallModels::id);
    }

    private static String id(@Nullable Object data) {
        return new Fields(Collections.singletonMap("id", data)).requiredText("id");
    }

    /** Ids that are numbers. */
    public static List<Long> numbers(@Nullable Object data) {
        List<Long> numbers = new ArrayList<>();
        for (String id : ids(data)) {
            Long number = new Fields(Map.of("id", id)).number("id");
            if (number == null) {
                throw new UnreadableAnswerException("a number was expected");
            }
            numbers.add(number);
        }
        return List.copyOf(numbers);
    }

    /** The id of what was just made. */
    public static long createdId(@Nullable Object data) {
        Long id = new Fields(Models.object(data)).number("id");
        if (id == null) {
            throw new UnreadableAnswerException("an object has no \"id\"");
        }
        return id;
    }

    /** An album that was just made. */
    public static CreatedAlbum createdAlbum(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        return new CreatedAlbum(fields.requiredText("id"), fields.text("deletehash"));
    }

    /** Whether it is marked now: the word {@code favorited}, or {@code unfavorited}. */
    public static boolean favorited(@Nullable Object data) {
        if ("favorited".equals(data) || "unfavorited".equals(data)) {
            return "favorited".equals(data);
        }
        throw new UnreadableAnswerException("\"favorited\" or \"unfavorited\" was expected");
    }
}
