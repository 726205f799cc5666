package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One of the few tags there are. Every second one is shown in the short form of earlier years. */
record Tag(String name, int number) {

    static final List<Tag> ALL = List.of(
            new Tag("landscape", 0),
            new Tag("wallpaper", 1),
            new Tag("mountains", 2),
            new Tag("sunset", 3),
            new Tag("outdoors", 4));

    /** The tag of an image; null for those that have none. */
    static @Nullable Tag of(ImageEntry image) {
        return image.index() % 4 == 3 ? ALL.get(image.index() / 4 % ALL.size()) : null;
    }

    static @Nullable Tag find(String name) {
        return ALL.stream()
                .filter(tag -> tag.name.equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    boolean isOn(GalleryEntry entry) {
        return entry instanceof ImageEntry image && this.equals(of(image));
    }

    ObjectNode json() {
        ObjectNode tag = JsonNodeFactory.instance.objectNode();
        tag.put("name", name);
        tag.put("display_name", name);
        tag.put("followers", 1200 + 7 * number);
        tag.put("total_items", 45_000 + number);
        if (number % 2 == 1) {
            return tag;
        }
        tag.put("id", String.valueOf(32_179 + number));
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
