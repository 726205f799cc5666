package dev.gearshift.imgur.model;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An album in a gallery.
 *
 * @param album the album itself
 * @param popularity what visitors made of it
 */
public record GalleryAlbum(Album album, Popularity popularity) implements GalleryItem {

    /** Checks that both are there. */
    public GalleryAlbum {
        Objects.requireNonNull(album, "album");
        Objects.requireNonNull(popularity, "popularity");
    }

    @Override
    public String id() {
        return album.id();
    }

    @Override
    public @Nullable String title() {
        return album.title();
    }

    @Override
    public @Nullable String description() {
        return album.description();
    }

    @Override
    public @Nullable Instant datetime() {
        return album.datetime();
    }

    @Override
    public @Nullable URI link() {
        return album.link();
    }

    @Override
    public @Nullable Boolean nsfw() {
        return album.nsfw();
    }

    @Override
    public @Nullable String accountUrl() {
        return album.accountUrl();
    }

    @Override
    public long views() {
        return album.views();
    }

    @Override
    public Map<String, @Nullable Object> extra() {
        return album.extra();
    }
}
