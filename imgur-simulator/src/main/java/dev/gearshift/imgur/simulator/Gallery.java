package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that has an id: the still images, and between them, at fixed places, GIFs and albums. Immutable.
 *
 * <p>Albums borrow the bytes of the stills, under ids of their own.
 */
final class Gallery {

    static final int PAGE = 60;

    private static final int GIF_EVERY = 9;
    private static final int GIF_OFFSET = 4;
    private static final int ALBUM_EVERY = 11;
    private static final int ALBUM_OFFSET = 6;
    private static final int MAX_ALBUM_IMAGES = 12;
    private static final int GIF_VARIANTS = 8;
    private static final int GIF_FRAMES = 4;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int ID_LENGTH = 7;

    private final long seed;
    private final List<GalleryEntry> listing = new ArrayList<>();
    private final List<ImageEntry> stills = new ArrayList<>();
    private final Map<String, ImageEntry> images = new HashMap<>();
    private final Map<String, AlbumEntry> albums = new HashMap<>();
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
            listing.add(still);
            if (i % GIF_EVERY == GIF_OFFSET) {
                listing.add(image(gifCount, gifs.get(gifCount % GIF_VARIANTS)));
                gifCount++;
            }
            if (i % ALBUM_EVERY == ALBUM_OFFSET) {
                listing.add(album(albums.size(), pictures));
            }
        }
    }

    List<GalleryEntry> all() {
        return listing;
    }

    List<GalleryEntry> page(long page) {
        int from = (int) Math.min(listing.size(), Math.min(page, listing.size()) * PAGE);
        return listing.subList(from, Math.min(listing.size(), from + PAGE));
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
        ImageEntry image = new ImageEntry(nextId(), index, picture);
        images.put(image.id(), image);
        return image;
    }

    private AlbumEntry album(int index, List<Picture> pictures) {
        List<ImageEntry> contents = new ArrayList<>();
        for (int i = 0; i < 1 + index * 5 % MAX_ALBUM_IMAGES; i++) {
            contents.add(image(i, pictures.get((index * MAX_ALBUM_IMAGES + i) % pictures.size())));
        }
        AlbumEntry album = new AlbumEntry(nextId(), index, List.copyOf(contents));
        albums.put(album.id(), album);
        return album;
    }

    private String nextId() {
        String id;
        do {
            long bits = SeedMix.mix(seed ^ 0x1d, idsGiven++) >>> 1;
            StringBuilder letters = new StringBuilder(ID_LENGTH);
            for (int i = 0; i < ID_LENGTH; i++) {
                letters.append(LETTERS.charAt((int) (bits % LETTERS.length())));
                bits /= LETTERS.length();
            }
            id = letters.toString();
        } while (images.containsKey(id) || albums.containsKey(id) || id.equals("removed"));
        return id;
    }
}
