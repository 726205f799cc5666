package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that has an id from the start: the still images, and between them, at fixed places, GIFs and albums; and
 * the newcomers, listed only after a {@link #shift}. Thread-safe.
 *
 * <p>Albums and newcomers borrow the bytes of the stills, under ids of their own.
 */
final class Gallery {

    static final int PAGE = 60;

    /** How many entries come at once. */
    static final int SHIFT = 3;

    static final int MAX_NEWCOMERS = 60 * SHIFT;

    private static final int GIF_EVERY = 9;
    private static final int GIF_OFFSET = 4;
    private static final int ALBUM_EVERY = 11;
    private static final int ALBUM_OFFSET = 6;
    private static final int MAX_ALBUM_IMAGES = 12;
    private static final int GIF_VARIANTS = 8;
    private static final int GIF_FRAMES = 4;

    static final int ID_LENGTH = 7;

    /** Images from Imgur's early years have shorter ids. */
    private static final int OLD_ID_LENGTH = 5;

    private static final int OLD_EVERY = 15;
    private static final int OLD_OFFSET = 2;

    private final long seed;
    private final List<GalleryEntry> submitted = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<ImageEntry> stills = new ArrayList<>();
    private final Map<String, ImageEntry> images = new HashMap<>();
    private final Map<String, AlbumEntry> albums = new HashMap<>();
    private final List<ImageEntry> newcomers = new ArrayList<>();
    private volatile List<GalleryEntry> listing;
    private long idsGiven;

    Gallery(List<Picture> pictures, long seed) {
        this.seed = seed;
        List<Picture> gifs = new ArrayList<>();
        for (int variant = 0; variant < GIF_VARIANTS; variant++) {
            byte[] gif = GifFile.rings(variant, variant == GIF_VARIANTS - 1 ? 1 : GIF_FRAMES);
            gifs.add(Picture.inMemory("image/gif", GifFile.WIDTH, GifFile.HEIGHT, gif));
        }
        int gifCount = 0;
        for (int i = 0; i < pictures.size(); i++) {
            ImageEntry still = image(i, pictures.get(i));
            stills.add(still);
            submitted.add(still);
            if (i % GIF_EVERY == GIF_OFFSET) {
                submitted.add(image(gifCount, gifs.get(gifCount % GIF_VARIANTS)));
                gifCount++;
            }
            if (i % ALBUM_EVERY == ALBUM_OFFSET) {
                submitted.add(album(albums.size(), pictures));
            }
        }
        for (GalleryEntry entry : submitted) {
            places.put(entry.id(), places.size());
        }
        for (int i = 0; i < MAX_NEWCOMERS; i++) {
            newcomers.add(image(pictures.size() + i, pictures.get(i % pictures.size())));
        }
        listing = List.copyOf(submitted);
    }

    /** Everything that is listed, newest first. */
    List<GalleryEntry> all() {
        return listing;
    }

    /** What was there from the start. */
    List<GalleryEntry> submitted() {
        return submitted;
    }

    /** A page of any list, empty beyond its end. */
    static <T> List<T> page(List<T> list, long page, int size) {
        int from = (int) Math.min(list.size(), Math.min(page, list.size()) * size);
        return list.subList(from, Math.min(list.size(), from + size));
    }

    /** The place of an entry among those that were there from the start; null for others. */
    @Nullable
    Integer place(String id) {
        return places.get(id);
    }

    @Nullable
    GalleryEntry entry(String id) {
        Integer place = places.get(id);
        if (place != null) {
            return submitted.get(place);
        }
        return newcomers.stream()
                .filter(newcomer -> newcomer.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /**
     * Something new comes to the front, and moves everything else on; nothing happens any more after {@value
     * #MAX_NEWCOMERS} of them.
     *
     * @return whether it moved
     */
    synchronized boolean shift() {
        int shown = listing.size() - submitted.size();
        if (shown == newcomers.size()) {
            return false;
        }
        List<GalleryEntry> longer =
                new ArrayList<>(newcomers.subList(newcomers.size() - shown - SHIFT, newcomers.size()));
        longer.addAll(submitted);
        listing = List.copyOf(longer);
        return true;
    }

    List<ImageEntry> stills() {
        return stills;
    }

    @Nullable
    ImageEntry image(String id) {
        return images.get(id);
    }

    @Nullable
    AlbumEntry album(String id) {
        return albums.get(id);
    }

    private ImageEntry image(int index, Picture picture) {
        ImageEntry image = new ImageEntry(
                nextId(),
                index,
                index % 13 == 4 ? null : "Picture " + index,
                index % 3 == 0 ? "The light in picture " + index + ", unretouched." : null,
                submitter(index),
                1_700_000_000L - 977L * index,
                picture);
        images.put(image.id(), image);
        return image;
    }

    private AlbumEntry album(int index, List<Picture> pictures) {
        List<ImageEntry> contents = new ArrayList<>();
        for (int i = 0; i < 1 + index * 5 % MAX_ALBUM_IMAGES; i++) {
            contents.add(image(i, pictures.get((index * MAX_ALBUM_IMAGES + i) % pictures.size())));
        }
        AlbumEntry album = new AlbumEntry(
                nextId(),
                index,
                index % 4 == 1 ? null : "Album " + index,
                index % 3 == 0 ? "Collected on the way." : null,
                submitter(index),
                1_690_000_000L - 3571L * index,
                index % 3 == 2 ? "public" : "hidden",
                index % 6 == 5 ? null : contents.get(0),
                List.copyOf(contents));
        albums.put(album.id(), album);
        return album;
    }

    private static @Nullable Account submitter(int index) {
        return index % 4 == 2 ? null : Accounts.resident(index);
    }

    private String nextId() {
        String id;
        do {
            int length = idsGiven % OLD_EVERY == OLD_OFFSET ? OLD_ID_LENGTH : ID_LENGTH;
            id = Letters.of(SeedMix.mix(seed ^ 0x1d, idsGiven++), length);
        } while (images.containsKey(id) || albums.containsKey(id) || id.equals("removed"));
        return id;
    }
}
