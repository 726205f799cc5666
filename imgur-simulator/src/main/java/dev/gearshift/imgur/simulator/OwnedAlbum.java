package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An album that was made here.
 */
record OwnedAlbum(AlbumEntry album, String deletehash) implements Owned {

    private static final int MAX_IMAGES = 2000;

    @Override
    public GalleryEntry entry() {
        return album;
    }

    OwnedAlbum labelled(@Nullable String title, @Nullable String description, String privacy) {
        return new OwnedAlbum(
                new AlbumEntry(
                        album.id(),
                        album.index(),
                        title,
                        description,
                        album.account(),
                        album.uploaded(),
                        privacy,
                        album.cover(),
                        album.images()),
                deletehash);
    }

    /** With other images, of which more than {@value #MAX_IMAGES} are refused; the cover stays if it is among them, else it is the first. */
    OwnedAlbum with(List<ImageEntry> images, @Nullable String cover) {
        if (images.size() > MAX_IMAGES) {
            throw Refusal.badRequest("An album holds at most " + MAX_IMAGES + " images.");
        }
        ImageEntry shown = album.cover();
        String wanted = cover == null && shown != null ? shown.id() : cover;
        ImageEntry first = images.isEmpty() ? null : images.get(0);
        ImageEntry chosen = images.stream()
                .filter(image -> image.id().equals(wanted))
                .findFirst()
                .orElse(first);
        return new OwnedAlbum(
                new AlbumEntry(
                        album.id(),
                        album.index(),
                        album.title(),
                        album.description(),
                        album.account(),
                        album.uploaded(),
                        album.privacy(),
                        chosen,
                        List.copyOf(images)),
                deletehash);
    }

    /** With something else, or nothing, in the place of an image. */
    OwnedAlbum replacing(String id, @Nullable ImageEntry other) {
        if (album.images().stream().noneMatch(image -> image.id().equals(id))) {
            return this;
        }
        List<ImageEntry> images = new ArrayList<>();
        for (ImageEntry image : album.images()) {
            ImageEntry kept = image.id().equals(id) ? other : image;
            if (kept != null) {
                images.add(kept);
            }
        }
        return with(images, null);
    }

    OwnedAlbum plus(List<ImageEntry> more) {
        List<ImageEntry> all = new ArrayList<>(album.images());
        all.addAll(more);
        return with(all, null);
    }

    /** Without the deletehash. */
    @Override
    public String toString() {
        return "OwnedAlbum[" + album.id() + "]";
    }
}
