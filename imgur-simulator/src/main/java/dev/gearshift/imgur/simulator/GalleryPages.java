package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.Comments.Comment;
import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of the gallery. */
final class GalleryPages {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Those that have something; it follows from an image's index which of them it is in. */
    private static final List<String> SUBREDDITS = List.of("pics", "earthporn", "wallpapers");

    private final Gallery gallery;
    private final ItemJson json;
    private final Comments comments;
    private final boolean hidesMature;

    /** The listing of everything, without and with album previews: for many images too large to write each time. */
    private final Map<Boolean, Whole> wholes = new ConcurrentHashMap<>();

    GalleryPages(Gallery gallery, ItemJson json, Comments comments, boolean hidesMature) {
        this.gallery = gallery;
        this.json = json;
        this.comments = comments;
        this.hidesMature = hidesMature;
    }

    /** What the listing of everything was written from, and the body of the answer. */
    private static final class Whole {

        final List<GalleryEntry> entries;
        final byte[] body;

        Whole(List<GalleryEntry> entries, byte[] body) {
            this.entries = entries;
            this.body = body;
        }
    }

    Answer section(Call call) {
        return listing(call, gallery.all());
    }

    /** Imgur says in a header of its deprecated pages until when they will be there. */
    Answer random(Call call) {
        return everything(call).with("Sunset", "Fri, 31 Dec 2027 23:59:59 GMT");
    }

    private Answer everything(Call call) {
        boolean previews = previews(call);
        if (call.page() > 0) {
            return Call.ok(NODES.arrayNode());
        }
        if (hidesMature) {
            return Call.ok(json.listing(shown(call, gallery.all()), previews));
        }
        List<GalleryEntry> now = gallery.all();
        Whole whole = wholes.compute(
                previews,
                (with, known) -> known != null && known.entries == now
                        ? known
                        : new Whole(now, ErrorBodies.success(json.listing(now, with))));
        return Call.ok(whole.body);
    }

    Answer search(Call call) {
        Predicate<GalleryEntry> wanted = GallerySearch.of(call.request());
        return listing(call, gallery.all().stream().filter(wanted).toList());
    }

    Answer subreddit(Call call) {
        String name = call.decoded("name");
        List<ImageEntry> images = gallery.all().stream()
                .filter(entry -> entry instanceof ImageEntry image && isIn(image, name))
                .map(ImageEntry.class::cast)
                .toList();
        ArrayNode list = NODES.arrayNode();
        Gallery.page(images, call.page(), Gallery.PAGE).forEach(image -> list.add(json.subredditImage(image, name)));
        return Call.ok(list);
    }

    Answer subredditImage(Call call) {
        String name = call.decoded("name");
        if (entry(call) instanceof ImageEntry image && isIn(image, name)) {
            return Call.ok(json.subredditImage(image, name));
        }
        throw Refusal.notFound();
    }

    private static boolean isIn(ImageEntry image, String subreddit) {
        return SUBREDDITS.indexOf(subreddit) == image.index() % SUBREDDITS.size();
    }

    Answer tag(Call call) {
        Tag tag = tagOf(call);
        List<GalleryEntry> tagged = gallery.all().stream().filter(tag::isOn).toList();
        ObjectNode data = tag.json();
        data.set("items", json.listing(page(call, tagged), previews(call)));
        return Call.ok(data);
    }

    Answer tagInfo(Call call) {
        return Call.ok(tagOf(call).json());
    }

    private static Tag tagOf(Call call) {
        Tag tag = Tag.find(call.decoded("name"));
        if (tag == null) {
            throw Refusal.of(HttpResponseStatus.NOT_FOUND, "Tag does not exist");
        }
        return tag;
    }

    Answer tags(Call call) {
        ObjectNode data = NODES.objectNode();
        ArrayNode tags = data.putArray("tags");
        Tag.ALL.forEach(tag -> tags.add(tag.json()));
        data.put("featured", Tag.ALL.get(0).name());
        ObjectNode best = data.putArray("galleries").addObject();
        best.put("id", 1);
        best.put("name", "Most Viral");
        best.put("description", "today's most popular posts");
        best.set("topPost", json.listing(gallery.all().subList(0, 1), false).get(0));
        return Call.ok(data);
    }

    Answer itemTags(Call call) {
        ObjectNode data = NODES.objectNode();
        ArrayNode votes = data.putArray("tags");
        GalleryEntry entry = entry(call);
        Tag tag = entry instanceof ImageEntry image ? Tag.of(image) : null;
        if (tag != null) {
            ObjectNode vote = votes.addObject();
            vote.put("ups", entry.index() % 20);
            vote.put("downs", 0);
            vote.put("name", tag.name());
            vote.put("author", Accounts.resident(entry.index()).name());
        }
        return Call.ok(data);
    }

    /** An image or an album of the gallery. */
    Answer item(Call call) {
        return entry(call) instanceof AlbumEntry album ? album(album) : image((ImageEntry) entry(call));
    }

    /** Any image, also one inside an album, as the gallery shows it. */
    Answer image(Call call) {
        ImageEntry image = gallery.image(call.part("id"));
        if (image == null) {
            throw Refusal.notFound();
        }
        return image(image);
    }

    Answer album(Call call) {
        if (entry(call) instanceof AlbumEntry album) {
            return album(album);
        }
        throw Refusal.notFound();
    }

    private Answer image(ImageEntry image) {
        return Call.ok(json.galleryImage(image));
    }

    private Answer album(AlbumEntry album) {
        ObjectNode data = json.galleryAlbum(album);
        data.set("images", json.images(album.images()));
        return Call.ok(data);
    }

    Answer votes(Call call) {
        Votes votes = Votes.of(entry(call).index());
        ObjectNode data = NODES.objectNode();
        data.put("ups", votes == null ? 0 : votes.ups());
        data.put("downs", votes == null ? 0 : votes.downs());
        return Call.ok(data);
    }

    Answer comments(Call call) {
        return Call.ok(comments.threads(entry(call), call.part("commentSort", "best")));
    }

    Answer comment(Call call) {
        Comment comment = comments.of(call);
        if (!comment.entry().equals(entry(call))) {
            throw Refusal.notFound();
        }
        return Call.ok(comments.alone(comment));
    }

    private GalleryEntry entry(Call call) {
        GalleryEntry entry = gallery.entry(call.part("id"));
        if (entry == null) {
            throw Refusal.notFound();
        }
        return entry;
    }

    private Answer listing(Call call, List<GalleryEntry> entries) {
        return Call.ok(json.listing(page(call, shown(call, entries)), previews(call)));
    }

    private List<GalleryEntry> shown(Call call, List<GalleryEntry> entries) {
        boolean all = !hidesMature
                || call.caller().account() != null
                || call.request().asksFor("mature");
        return all
                ? entries
                : entries.stream().filter(entry -> !entry.isMature()).toList();
    }

    private static List<GalleryEntry> page(Call call, List<GalleryEntry> entries) {
        return Gallery.page(entries, call.page(), Gallery.PAGE);
    }

    private static boolean previews(Call call) {
        return call.request().asksFor("album_previews");
    }
}
