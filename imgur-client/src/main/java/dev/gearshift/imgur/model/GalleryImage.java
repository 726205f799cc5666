package dev.gearshift.imgur.model;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An image in a gallery.
 *
 * @param image the image itself
 * @param popularity what visitors made of it
 */
public record GalleryImage(Image image, Popularity popularity) implements GalleryItem {

    /** Checks that both are there. */
    public GalleryImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(popularity, "popularity");
    }

    @Override
    public String id() {
        return image.id();
    }

    @Override
    public @Nullable String title() {
        return image.title();
    }

    @Override
    public @Nullable String description() {
        return image.description();
    }

    @Override
    public @Nullable Instant datetime() {
        return image.datetime();
    }

    @Override
    public @Nullable URI link() {
        return image.link();
    }

    @Override
    public @Nullable Boolean nsfw() {
        return image.nsfw();
    }

    @Override
    public @Nullable String accountUrl() {
        return image.accountUrl();
    }

    @Override
    public long views() {
        return image.views();
    }

    @Override
    public Map<String, @Nullable Object> extra() {
        return image.extra();
    }
}
