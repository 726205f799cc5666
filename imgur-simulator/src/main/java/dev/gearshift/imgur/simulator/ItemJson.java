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

    private final URI base;

    ItemJson(URI base) {
        this.base = base;
    }

    URI link(ImageEntry image) {
        return base.resolve("/" + image.id() + "." + image.extension());
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
        item.put("title", i % 13 == 4 ? null : "Picture " + i);
        item.put("description", i % 3 == 0 ? "The light in picture " + i + ", unretouched." : null);
        item.put("datetime", image.uploaded());
        item.put("type", picture.type());
        item.put("animated", image.isGif());
        item.put("width", picture.width());
        item.put("height", picture.height());
        item.put("size", picture.bytes());
        long views = 1000 + (SeedMix.mix(0, i) >>> 44);
        item.put("views", views);
        item.put("bandwidth", i % 10 == 9 ? WELL_KNOWN_BANDWIDTH : views * picture.bytes());
        item.put("vote", i % 16 == 5 ? "up" : null);
        putMaybe(item, "favorite", i % 6);
        putMaybe(item, "nsfw", i % 4);
        item.put("section", i % 5 == 0 ? "pics" : i % 5 == 1 ? null : "");
        putAccount(item, i);
        item.put("is_ad", false);
        item.put("in_most_viral", i % 7 == 0);
        if (i % 8 != 7) {
            item.put("has_sound", false);
        }
        if (i % 4 == 3) {
            item.putArray("tags").add(tag(i));
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

    ObjectNode album(AlbumEntry album) {
        int i = album.index();
        ImageEntry cover = album.images().get(0);
        ObjectNode item = NODES.objectNode();
        item.put("id", album.id());
        item.put("title", i % 4 == 1 ? null : "Album " + i);
        item.put("description", i % 3 == 0 ? "Collected on the way." : null);
        item.put("datetime", album.uploaded());
        item.put("cover", i % 6 == 5 ? null : cover.id());
        if (i % 6 == 5) {
            item.putNull("cover_width");
            item.putNull("cover_height");
        } else {
            item.put("cover_width", cover.picture().width());
            item.put("cover_height", cover.picture().height());
        }
        putAccount(item, i);
        item.put("privacy", i % 3 == 2 ? "public" : "hidden");
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
        if (i % 17 == 5) {
            for (String name : List.of("comment_count", "favorite_count", "ups", "downs", "points", "score")) {
                item.putNull(name);
            }
        } else {
            long ups = SeedMix.mix(2, i) >>> 52;
            long downs = ups / 20;
            item.put("comment_count", ups / 30);
            item.put("favorite_count", ups / 4);
            item.put("ups", ups);
            item.put("downs", downs);
            item.put("points", ups - downs);
            item.put("score", ups - downs / 2);
        }
        item.put("topic", i % 3 == 1 ? "No Topic" : null);
        if (i % 3 == 0) {
            item.put("topic_id", 0);
        } else {
            item.put("topic_id", i % 3 == 1 ? "29" : null);
        }
    }

    /** The account's number comes as a number, as a string, or not at all; its name is missing more often. */
    private static void putAccount(ObjectNode item, int i) {
        boolean named = i % 8 != 0 && i % 4 != 2;
        item.put("account_url", named ? "someone" + i % 40 : null);
        switch (i % 4) {
            case 1 -> item.put("account_id", String.valueOf(8_000_000 + i % 40));
            case 2 -> item.putNull("account_id");
            default -> item.put("account_id", 8_000_000 + i % 40);
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
        boolean ready = image.index() % 3 != 2;
        item.put("mp4_size", ready ? image.picture().bytes() / 3 : 0);
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

    private static ObjectNode tag(int i) {
        ObjectNode tag = NODES.objectNode();
        tag.put("name", "landscape");
        tag.put("display_name", "landscape");
        tag.put("followers", 1200 + i);
        tag.put("total_items", 45_000);
        tag.put("following", false);
        tag.put("is_whitelisted", false);
        tag.put("background_hash", "yeEyVX3");
        tag.putNull("thumbnail_hash");
        tag.put("accent", "159559");
        tag.put("background_is_animated", false);
        tag.put("thumbnail_is_animated", false);
        tag.put("is_promoted", false);
        tag.put("description", "");
        tag.putNull("logo_hash");
        tag.putNull("logo_destination_url");
        tag.putObject("description_annotations");
        return tag;
    }
}
