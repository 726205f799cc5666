package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was uploaded, in memory. The oldest images and albums are forgotten when there are more than {@value
 * #MAX_ITEMS} of one kind, or when the images take more than {@value #MAX_BYTES} bytes. Thread-safe.
 */
final class Uploads {

    static final int MAX_ITEMS = 1000;
    static final long MAX_BYTES = 64L << 20;

    private static final int HALF_A_HASH = 8;
    private static final int OTHER_HALF = 7;

    private final Gallery gallery;
    private final long seed;
    private final Clock clock;
    private final Map<String, OwnedImage> images = new LinkedHashMap<>();
    private final Map<String, OwnedAlbum> albums = new LinkedHashMap<>();
    private long bytes;
    private int made;

    Uploads(Gallery gallery, long seed, Clock clock) {
        this.gallery = gallery;
        this.seed = seed;
        this.clock = clock;
    }

    synchronized OwnedImage add(
            Picture picture,
            String name,
            @Nullable String title,
            @Nullable String description,
            @Nullable Account owner) {
        ImageEntry image = new ImageEntry(nextId(), made, title, description, owner, now(), picture);
        OwnedImage owned = new OwnedImage(image, hash(), name);
        images.put(image.id(), owned);
        bytes += picture.bytes();
        while (images.size() > MAX_ITEMS || (bytes > MAX_BYTES && images.size() > 1)) {
            forget(images.values().iterator().next());
        }
        return owned;
    }

    synchronized OwnedAlbum addAlbum(
            @Nullable String title, @Nullable String description, String privacy, @Nullable Account owner) {
        AlbumEntry album = new AlbumEntry(nextId(), made, title, description, owner, now(), privacy, null, List.of());
        OwnedAlbum owned = new OwnedAlbum(album, hash());
        albums.put(album.id(), owned);
        if (albums.size() > MAX_ITEMS) {
            albums.remove(albums.keySet().iterator().next());
        }
        return owned;
    }

    synchronized @Nullable ImageEntry image(String id) {
        OwnedImage owned = images.get(id);
        return owned == null ? null : owned.image();
    }

    synchronized @Nullable OwnedImage owned(String id) {
        return images.get(id);
    }

    synchronized @Nullable AlbumEntry album(String id) {
        OwnedAlbum owned = albums.get(id);
        return owned == null ? null : owned.album();
    }

    synchronized @Nullable OwnedAlbum ownedAlbum(String id) {
        return albums.get(id);
    }

    synchronized @Nullable ImageEntry withDeletehash(String deletehash) {
        return images.values().stream()
                .filter(owned -> owned.deletehash().equals(deletehash))
                .map(OwnedImage::image)
                .findFirst()
                .orElse(null);
    }

    /** The image that this key lets the caller change. */
    synchronized OwnedImage changeable(String key, Caller caller) {
        return changeable(images, key, caller, gallery.image(key) != null);
    }

    /** The album that this key lets the caller change. */
    synchronized OwnedAlbum changeableAlbum(String key, Caller caller) {
        return changeable(albums, key, caller, gallery.album(key) != null);
    }

    private static <T extends Owned> T changeable(Map<String, T> all, String key, Caller caller, boolean isOthers) {
        for (T owned : all.values()) {
            if (owned.deletehash().equals(key)) {
                return owned;
            }
        }
        T owned = all.get(key);
        if (owned == null && !isOthers) {
            throw Refusal.notFound();
        }
        if (owned == null || !owned.belongsTo(caller.account())) {
            throw Refusal.forbidden();
        }
        return owned;
    }

    synchronized void change(OwnedImage owned, UnaryOperator<OwnedImage> change) {
        OwnedImage changed = images.computeIfPresent(owned.image().id(), (id, current) -> change.apply(current));
        if (changed != null) {
            albums.replaceAll((id, album) -> album.replacing(changed.image().id(), changed.image()));
        }
    }

    synchronized void change(OwnedAlbum owned, UnaryOperator<OwnedAlbum> change) {
        albums.computeIfPresent(owned.album().id(), (id, current) -> change.apply(current));
    }

    synchronized void delete(OwnedImage owned) {
        forget(owned);
    }

    synchronized void delete(OwnedAlbum owned) {
        albums.remove(owned.album().id());
    }

    /** Newest first. */
    synchronized List<OwnedImage> imagesOf(Account account) {
        return newestFirst(images.values().stream()
                .filter(owned -> owned.belongsTo(account))
                .toList());
    }

    /** Newest first. */
    synchronized List<AlbumEntry> albumsOf(Account account) {
        return newestFirst(albums.values().stream()
                .filter(owned -> owned.belongsTo(account))
                .map(OwnedAlbum::album)
                .toList());
    }

    synchronized int count() {
        return images.size();
    }

    private static <T> List<T> newestFirst(Collection<T> inOrder) {
        List<T> list = new ArrayList<>(inOrder);
        Collections.reverse(list);
        return list;
    }

    private void forget(OwnedImage owned) {
        OwnedImage gone = images.remove(owned.image().id());
        if (gone == null) {
            return;
        }
        bytes -= gone.image().picture().bytes();
        albums.replaceAll((id, album) -> album.replacing(gone.image().id(), null));
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private String nextId() {
        String id;
        do {
            id = Letters.of(SeedMix.mix(seed ^ 0x0b, made++), Gallery.ID_LENGTH);
        } while (gallery.image(id) != null
                || gallery.album(id) != null
                || images.containsKey(id)
                || albums.containsKey(id));
        return id;
    }

    private String hash() {
        return Letters.of(SeedMix.mix(seed ^ 0x2b, made), HALF_A_HASH)
                + Letters.of(SeedMix.mix(seed ^ 0x3b, made), OTHER_HALF);
    }
}
