package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what a user names into the addresses of images: each once, in the order they were found. */
final class Sources {
    private final ImgurListing imgur;
    private final long limit;
    private final Map<URI, Long> found = new LinkedHashMap<>();

    /**
     * Nothing is found yet.
     *
     * @param client called when a source needs the API
     * @param wanted which images of a list
     * @param limit how many addresses are wanted at most
     */
    Sources(Supplier<ImgurClient> client, WantedImages wanted, long limit) {
        this.imgur = new ImgurListing(client, wanted, this::take, this::enough);
        this.limit = limit;
    }

    /** The addresses, and how many bytes each has as Imgur tells; 0 where nobody has told. */
    Map<URI, Long> addresses() {
        return found;
    }

    /** What came of asking Imgur. */
    ListingAccount account() {
        return imgur.account(found.size());
    }

    /**
     * Finds them all, or as many as are wanted.
     *
     * @throws UsageException if Imgur would have to be asked about each of them, and cannot be
     */
    void addAll(List<Source> sources) {
        if (!sources.isEmpty() && sources.stream().allMatch(Source.OfImgur.class::isInstance)) {
            imgur.open();
        }
        for (Source source : sources) {
            if (enough()) {
                return;
            }
            add(source);
        }
    }

    private void add(Source source) {
        if (source instanceof Source.OfFile file) {
            take(file.address(), 0);
        } else if (source instanceof Source.OfImgur named) {
            imgur.list(named);
        }
    }

    private boolean enough() {
        return found.size() >= limit;
    }

    private void take(URI address, long bytes) {
        if (!enough()) {
            found.putIfAbsent(address, bytes);
        }
    }

    /** The JPEG and PNG images among them; no GIFs, no albums. */
    static List<URI> stillImages(List<GalleryItem> items) {
        return items.stream()
                .map(item -> item instanceof GalleryImage image ? still(image.image()) : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable URI still(Image image) {
        return WantedImages.isStill(image) ? image.link() : null;
    }
}
