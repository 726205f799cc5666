package dev.gearshift.imgur.internal;

import dev.gearshift.imgur.model.Account;
import dev.gearshift.imgur.model.Avatar;
import dev.gearshift.imgur.model.Comment;
import dev.gearshift.imgur.model.GalleryProfile;
import dev.gearshift.imgur.model.Trophy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the records about users and what they write. */
public final class PeopleModels {
    private PeopleModels() {}

    /** One user. */
    public static Account account(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        Boolean followed = fields.inner("user_follow").flag("status");
        if (followed != null) {
            fields.drop("user_follow");
        }
        return new Account(
                fields.numberOrZero("id"),
                fields.requiredText("url"),
                fields.text("bio"),
                fields.link("avatar"),
                fields.text("avatar_name"),
                fields.link("cover"),
                fields.text("cover_name"),
                fields.decimalOrZero("reputation"),
                fields.text("reputation_name"),
                fields.instant("created"),
                fields.instant("pro_expiration"),
                followed,
                fields.flag("is_blocked"),
                fields.rest());
    }

    /** A user's part in the gallery. */
    public static GalleryProfile galleryProfile(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        return new GalleryProfile(
                fields.numberOrZero("total_gallery_comments"),
                fields.numberOrZero("total_gallery_favorites"),
                fields.numberOrZero("total_gallery_submissions"),
                fields.objects("trophies").stream().map(PeopleModels::trophy).toList(),
                fields.rest());
    }

    private static Trophy trophy(Map<?, ?> object) {
        Fields fields = new Fields(object);
        return new Trophy(
                fields.text("id"),
                fields.text("name"),
                fields.text("description"),
                fields.text("data"),
                fields.link("data_link"),
                fields.instant("datetime"),
                fields.link("image"),
                fields.rest());
    }

    /** The avatars a user may choose from: a list, or a list in an object. */
    public static List<Avatar> avatars(@Nullable Object data) {
        Object list = data instanceof Map<?, ?> object ? object.get("available_avatars") : data;
        return Models.list(list, PeopleModels::avatar);
    }

    private static Avatar avatar(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        return new Avatar(fields.requiredText("name"), fields.link("location"), fields.rest());
    }

    /** Some comments. */
    public static List<Comment> comments(@Nullable Object data) {
        return Models.list(data, PeopleModels::comment);
    }

    /** One comment, with the answers to it that came along. */
    public static Comment comment(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        Long id = fields.number("id");
        if (id == null) {
            throw new UnreadableAnswerException("a comment has no \"id\"");
        }
        Long parent = fields.number("parent_id");
        return new Comment(
                id,
                fields.text("image_id"),
                fields.text("comment"),
                fields.text("author"),
                fields.number("author_id"),
                fields.isSet("on_album"),
                fields.text("album_cover"),
                fields.numberOrZero("ups"),
                fields.numberOrZero("downs"),
                fields.numberOrZero("points"),
                fields.instant("datetime"),
                parent == null || parent == 0 ? null : parent,
                fields.isSet("deleted"),
                Models.vote(fields),
                fields.text("platform"),
                fields.flag("has_admin_badge"),
                fields.objects("children").stream().map(PeopleModels::comment).toList(),
                fields.numbers("children"),
                fields.rest());
    }
}
