package dev.gearshift.imgur.internal;

import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import dev.gearshift.imgur.model.Layout;
import dev.gearshift.imgur.model.Popularity;
import dev.gearshift.imgur.model.Privacy;
import dev.gearshift.imgur.model.Processing;
import dev.gearshift.imgur.model.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds the model's records from the {@code data} of an answer. */
public final class Models {
    private Models() {}

    /** A gallery's page. */
    public static List<GalleryItem> galleryItems(@Nullable Object data) {
        return list(data, Models::galleryItem);
    }

    /** The images of an album. */
    public static List<Image> images(@Nullable Object data) {
        return list(data, Models::image);
    }

    /** One image. */
    public static Image image(@Nullable Object data) {
        return image(new Fields(object(data)));
    }

    /** Some albums. */
    public static List<Album> albums(@Nullable Object data) {
        return list(data, Models::album);
    }

    /** One album. */
    public static Album album(@Nullable Object data) {
        return album(new Fields(object(data)));
    }

    /** An item of a gallery. */
    public static GalleryItem galleryItem(@Nullable Object data) {
        Fields fields = new Fields(object(data));
        Popularity popularity = popularity(fields);
        return fields.isSet("is_album")
                ? new GalleryAlbum(album(fields), popularity)
                : new GalleryImage(image(fields), popularity);
    }

    /** An item of a gallery that is an image. */
    public static GalleryImage galleryImage(@Nullable Object data) {
        Fields fields = new Fields(object(data));
        Popularity popularity = popularity(fields);
        return new GalleryImage(image(fields), popularity);
    }

    /** An item of a gallery that is an album. */
    public static GalleryAlbum galleryAlbum(@Nullable Object data) {
        Fields fields = new Fields(object(data));
        Popularity popularity = popularity(fields);
        return new GalleryAlbum(album(fields), popularity);
    }

    static <T> List<T> list(@Nullable Object data, Function<@Nullable Object, T> element) {
        if (!(data instanceof List<?> list)) {
            throw new UnreadableAnswerException("a list was expected");
        }
        List<T> elements = new ArrayList<>(list.size());
        for (Object each : list) {
            elements.add(element.apply(each));
        }
        return List.copyOf(elements);
    }

    static Map<?, ?> object(@Nullable Object data) {
        if (data instanceof Map<?, ?> map) {
            return map;
        }
        throw new UnreadableAnswerException("an object was expected");
    }

    private static Image image(Fields fields) {
        Long mp4Size = fields.number("mp4_size");
        return new Image(
                fields.requiredText("id"),
                fields.text("title"),
                fields.text("description"),
                fields.instant("datetime"),
                fields.text("type"),
                fields.isSet("animated"),
                fields.integerOrZero("width"),
                fields.integerOrZero("height"),
                fields.numberOrZero("size"),
                fields.numberOrZero("views"),
                fields.numberOrZero("bandwidth"),
                vote(fields),
                fields.flag("favorite"),
                fields.flag("nsfw"),
                fields.text("section"),
                fields.text("account_url"),
                fields.number("account_id"),
                fields.isSet("in_gallery"),
                fields.isSet("in_most_viral"),
                fields.isSet("is_ad"),
                fields.flag("has_sound"),
                fields.numberOrZero("edited"),
                fields.link("link"),
                fields.link("mp4"),
                fields.link("gifv"),
                fields.link("hls"),
                mp4Size == null || mp4Size == 0 ? null : mp4Size,
                fields.flag("looping"),
                processing(fields),
                fields.text("deletehash"),
                fields.text("name"),
                fields.rest());
    }

    private static Album album(Fields fields) {
        String privacy = fields.word("privacy");
        String layout = fields.word("layout");
        return new Album(
                fields.requiredText("id"),
                fields.text("title"),
                fields.text("description"),
                fields.instant("datetime"),
                fields.text("cover"),
                fields.integer("cover_width"),
                fields.integer("cover_height"),
                fields.text("account_url"),
                fields.number("account_id"),
                privacy == null ? null : new Privacy(privacy),
                layout == null ? null : new Layout(layout),
                fields.numberOrZero("views"),
                fields.link("link"),
                fields.flag("favorite"),
                fields.flag("nsfw"),
                fields.text("section"),
                fields.integer("images_count"),
                fields.isSet("in_gallery"),
                fields.isSet("is_ad"),
                vote(fields),
                fields.text("deletehash"),
                fields.objects("images").stream().map(Models::image).toList(),
                fields.rest());
    }

    private static Popularity popularity(Fields fields) {
        return new Popularity(
                fields.number("ups"),
                fields.number("downs"),
                fields.number("points"),
                fields.number("score"),
                fields.number("comment_count"),
                fields.number("favorite_count"),
                fields.text("topic"),
                fields.number("topic_id"));
    }

    /** A word, or in old answers a boolean that says whether there is a vote for it. */
    static @Nullable Vote vote(Fields fields) {
        String word = fields.word("vote");
        if (word == null || word.equals("false")) {
            return null;
        }
        return word.equals("true") ? Vote.UP : new Vote(word);
    }

    private static @Nullable Processing processing(Fields fields) {
        String status = fields.inner("processing").word("status");
        if (status == null) {
            return null;
        }
        fields.drop("processing");
        return new Processing(status);
    }
}
