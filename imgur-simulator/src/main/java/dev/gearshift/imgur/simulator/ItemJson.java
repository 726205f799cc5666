package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images and albums as Imgur writes them, with the irregularities its clients meet: fields that are null here and absent
 * there, numbers that are strings, three-valued booleans, counts beyond 32 bits. Which item shows which follows from its
 * index.
 */
final class ItemJson {

    private static final int MAX_PREVIEWS = 3;
    private static final long WELL_KNOWN_BANDWIDTH = 49_785_848_969_979L;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> VOTE_FIELDS =
            List.of("comment_count", "favorite_count", "ups", "downs", "points", "score");
    private static final long HUGE_GIF_BYTES = 25_600_000;

    private final URI base;
    private final boolean oddLinks;

    /** With links as odd as old items have them, or with none but plain ones. */
    ItemJson(URI base, boolean oddLinks) {
        this.base = base;
        this.oddLinks = oddLinks;
    }

    URI link(ImageEntry image) {
        String extension = image.extension();
        if (!oddLinks) {
            return base.resolve("/" + image.id() + "." + extension);
        }
        if (isHuge(image)) {
            return base.resolve("/" + image.id() + "h.gif");
        }
        String shown = extension.equals("png") ? "jpg" : extension;
        return base.resolve("/" + image.id() + "." + shown + (image.index() % 9 == 2 ? "?1" : ""));
    }

    /** Whether it is shown as a GIF of more than 20 MB, whose link leads to a still. */
    private boolean isHuge(ImageEntry image) {
        return oddLinks && image.isGif() && image.index() % 5 == 1;
    }

    ArrayNode listing(List<GalleryEntry> entries, boolean albumPreviews) {
        ArrayNode list = NODES.arrayNode(entries.size());
        for (GalleryEntry entry : entries) {
            if (entry instanceof ImageEntry image) {
                list.add(galleryImage(image));
            } else if (entry instanceof AlbumEntry album) {
                ObjectNode item = galleryAlbum(album);
                if (albumPreviews) {
                    int previews = Math.min(MAX_PREVIEWS, album.images().size());
                    item.set("images", images(album.images().subList(0, previews)));
                }
                list.add(item);
            }
        }
        return list;
    }

    ArrayNode images(List<ImageEntry> images) {
        ArrayNode list = NODES.arrayNode(images.size());
        for (ImageEntry image : images) {
            list.add(image(image));
        }
        return list;
    }

    ObjectNode image(ImageEntry image) {
        int i = image.index();
        Picture picture = image.picture();
        ObjectNode item = NODES.objectNode();
        item.put("id", image.id());
        item.put("title", image.title());
        item.put("description", image.description());
        item.put("datetime", image.uploaded());
        item.put("type", picture.type());
        item.put("animated", image.isGif());
        item.put("width", picture.width());
        item.put("height", picture.height());
        item.put("size", isHuge(image) ? HUGE_GIF_BYTES : picture.bytes());
        long views = 1000 + (SeedMix.mix(0, i) >>> 44);
        item.put("views", views);
        item.put("bandwidth", i % 10 == 9 ? WELL_KNOWN_BANDWIDTH : views * picture.bytes());
        item.put("vote", i % 16 == 5 ? "up" : null);
        putMaybe(item, "favorite", i % 6);
        putMaybe(item, "nsfw", i % 4);
        item.put("section", i % 5 == 0 ? "pics" : i % 5 == 1 ? null : "");
        putAccount(item, image);
        item.put("is_ad", false);
        item.put("in_most_viral", i % 7 == 0);
        if (i % 8 != 7) {
            item.put("has_sound", false);
        }
        Tag tag = Tag.of(image);
        if (tag != null) {
            item.putArray("tags").add(tag.json());
        } else if (i % 4 != 2) {
            item.putArray("tags");
        }
        item.put("ad_type", 0);
        item.put("ad_url", "");
        if (i % 2 == 0) {
            putAdConfig(item);
        }
        if (i % 2 == 0) {
            item.put("edited", "0");
        } else {
            item.put("edited", 0);
        }
        item.put("in_gallery", true);
        item.put("link", link(image).toString());
        if (image.isGif()) {
            putVideo(item, image);
        }
        return item;
    }

    ObjectNode galleryImage(ImageEntry image) {
        ObjectNode item = image(image);
        putVotes(item, image.index());
        item.put("is_album", false);
        return item;
    }

    /** As the listing of a subreddit shows it: nobody has voted, and the section is the subreddit. */
    ObjectNode subredditImage(ImageEntry image, String subreddit) {
        ObjectNode item = galleryImage(image);
        for (String name : VOTE_FIELDS) {
            item.putNull(name);
        }
        item.putNull("vote");
        item.put("section", subreddit);
        return item;
    }

    ObjectNode album(AlbumEntry album) {
        int i = album.index();
        ImageEntry cover = album.cover();
        ObjectNode item = NODES.objectNode();
        item.put("id", album.id());
        item.put("title", album.title());
        item.put("description", album.description());
        item.put("datetime", album.uploaded());
        item.put("cover", cover == null ? null : cover.id());
        if (cover == null) {
            item.putNull("cover_width");
            item.putNull("cover_height");
        } else {
            item.put("cover_width", cover.picture().width());
            item.put("cover_height", cover.picture().height());
        }
        putAccount(item, album);
        item.put("privacy", album.privacy());
        item.put("layout", i % 2 == 0 ? "blog" : "grid");
        item.put("views", 500 + (SeedMix.mix(1, i) >>> 46));
        item.put("link", "https://imgur.com/a/" + album.id());
        putMaybe(item, "favorite", i % 6);
        putMaybe(item, "nsfw", i % 4);
        item.put("section", i % 2 == 0 ? "" : null);
        item.put("images_count", album.images().size());
        item.put("in_gallery", true);
        item.put("is_ad", false);
        item.put("include_album_ads", false);
        item.put("is_album", true);
        return item;
    }

    ObjectNode galleryAlbum(AlbumEntry album) {
        ObjectNode item = album(album);
        putVotes(item, album.index());
        item.put("vote", album.index() % 5 == 2 ? "down" : null);
        item.putArray("tags");
        return item;
    }

    private static void putVotes(ObjectNode item, int i) {
        Votes votes = Votes.of(i);
        if (votes == null) {
            for (String name : VOTE_FIELDS) {
                item.putNull(name);
            }
        } else {
            item.put("comment_count", votes.comments());
            item.put("favorite_count", votes.favorites());
            item.put("ups", votes.ups());
            item.put("downs", votes.downs());
            item.put("points", votes.points());
            item.put("score", votes.score());
        }
        item.put("topic", i % 3 == 1 ? "No Topic" : null);
        if (i % 3 == 0) {
            item.put("topic_id", 0);
        } else {
            item.put("topic_id", i % 3 == 1 ? "29" : null);
        }
    }

    /** The account's number comes as a number, as a string, or not at all; its name is missing more often. */
    private static void putAccount(ObjectNode item, GalleryEntry entry) {
        Account account = entry.account();
        if (account == null) {
            item.putNull("account_url");
            item.putNull("account_id");
            return;
        }
        boolean named = entry.index() % 8 != 0 || Accounts.residentNumber(account) == null;
        item.put("account_url", named ? account.name() : null);
        if (entry.index() % 4 == 1) {
            item.put("account_id", String.valueOf(account.id()));
        } else {
            item.put("account_id", account.id());
        }
    }

    private static void putMaybe(ObjectNode item, String name, int which) {
        switch (which) {
            case 0, 1 -> item.put(name, false);
            case 2 -> item.put(name, true);
            default -> item.putNull(name);
        }
    }

    private void putVideo(ObjectNode item, ImageEntry image) {
        String stem = base.resolve("/" + image.id()).toString();
        item.put("mp4", stem + ".mp4");
        item.put("gifv", stem + ".gifv");
        item.put("hls", stem + ".m3u8");
        boolean ready = VideoFile.isReady(image);
        item.put("mp4_size", ready ? VideoFile.length(image) : 0);
        item.put("looping", true);
        item.putObject("processing").put("status", ready ? "completed" : "pending");
    }

    private static void putAdConfig(ObjectNode item) {
        ObjectNode config = item.putObject("ad_config");
        config.putArray("safeFlags").add("in_gallery").add("gallery");
        config.putArray("highRiskFlags");
        config.putArray("unsafeFlags").add("sixth_mod_unsafe");
        config.putArray("wallUnsafeFlags");
        config.put("showsAds", false);
        config.put("showAdLevel", 1);
    }
}
