package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import org.jspecify.annotations.Nullable;

/** Everything that has an id: what was there from the start, and what was uploaded. */
record Library(Gallery gallery, Uploads uploads) {

    /** The image with that id, wherever it is; null if there is none. */
    @Nullable
    ImageEntry findImage(String id) {
        ImageEntry image = gallery.image(id);
        return image == null ? uploads.image(id) : image;
    }

    ImageEntry image(String id) {
        ImageEntry image = findImage(id);
        if (image == null) {
            throw Refusal.notFound();
        }
        return image;
    }

    /** The image or album with that id; null if there is none. */
    @Nullable
    GalleryEntry find(String id) {
        ImageEntry image = findImage(id);
        return image == null ? findAlbum(id) : image;
    }

    private @Nullable AlbumEntry findAlbum(String id) {
        AlbumEntry album = gallery.album(id);
        return album == null ? uploads.album(id) : album;
    }

    AlbumEntry album(String id) {
        AlbumEntry album = findAlbum(id);
        if (album == null) {
            throw Refusal.notFound();
        }
        return album;
    }
}
