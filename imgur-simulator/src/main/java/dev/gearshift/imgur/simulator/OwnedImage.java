package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image that was uploaded.
 *
 * @param name of the uploaded file, without its ending
 */
record OwnedImage(ImageEntry image, String deletehash, String name) implements Owned {

    @Override
    public GalleryEntry entry() {
        return image;
    }

    OwnedImage labelled(@Nullable String title, @Nullable String description) {
        ImageEntry changed = new ImageEntry(
                image.id(), image.index(), title, description, image.account(), image.uploaded(), image.picture());
        return new OwnedImage(changed, deletehash, name);
    }

    ObjectNode json(ItemJson json, boolean forOwner) {
        ObjectNode item = json.image(image);
        item.put("in_gallery", false);
        item.put("views", 0);
        item.put("bandwidth", 0);
        if (image.account() == null) {
            item.put("account_id", 0);
        }
        if (forOwner) {
            item.put("deletehash", deletehash);
            item.put("name", name);
        }
        return item;
    }

    /** Without the deletehash. */
    @Override
    public String toString() {
        return "OwnedImage[" + image.id() + "]";
    }
}
