package dev.gearshift.imgur.internal;

import dev.gearshift.imgur.model.Tag;
import dev.gearshift.imgur.model.TagOverview;
import dev.gearshift.imgur.model.TagVote;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the records about tags. */
public final class TagModels {
    private TagModels() {}

    /** One tag, with the items that came along. */
    public static Tag tag(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        return new Tag(
                fields.text("id"),
                fields.requiredText("name"),
                fields.text("display_name"),
                fields.numberOrZero("followers"),
                fields.numberOrZero("total_items"),
                fields.flag("following"),
                fields.flag("is_whitelisted"),
                fields.text("background_hash"),
                fields.text("thumbnail_hash"),
                fields.text("accent"),
                fields.isSet("background_is_animated"),
                fields.isSet("thumbnail_is_animated"),
                fields.isSet("is_promoted"),
                fields.text("description"),
                fields.text("logo_hash"),
                fields.link("logo_destination_url"),
                fields.objects("items").stream().map(Models::galleryItem).toList(),
                fields.rest());
    }

    /** The tags that Imgur shows first. */
    public static TagOverview overview(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        return new TagOverview(
                fields.objects("tags").stream().map(TagModels::tag).toList(),
                fields.text("featured"),
                fields.objects("galleries").stream().map(TagModels::selection).toList(),
                fields.rest());
    }

    private static TagOverview.Selection selection(Map<?, ?> object) {
        Fields fields = new Fields(object);
        Fields topPost = fields.inner("topPost");
        boolean hasPost = topPost.text("id") != null;
        if (hasPost) {
            fields.drop("topPost");
        }
        return new TagOverview.Selection(
                fields.text("id"),
                fields.text("name"),
                fields.text("description"),
                hasPost ? Models.galleryItem(object.get("topPost")) : null,
                fields.rest());
    }

    /** The tags of a gallery item: a list in an object. */
    public static List<TagVote> tagVotes(@Nullable Object data) {
        return Models.list(Models.object(data).get("tags"), TagModels::tagVote);
    }

    private static TagVote tagVote(@Nullable Object data) {
        Fields fields = new Fields(Models.object(data));
        return new TagVote(
                fields.requiredText("name"),
                fields.text("author"),
                fields.numberOrZero("ups"),
                fields.numberOrZero("downs"),
                fields.rest());
    }
}
