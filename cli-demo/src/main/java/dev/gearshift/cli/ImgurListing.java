package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurPages;
import dev.gearshift.imgur.ImgurUrl;
import dev.gearshift.imgur.ListOrder;
import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks Imgur which images there are. What it cannot list, as the credits are used up or for any other reason, it notes,
 * and goes on with the next. An interrupt ends it.
 */
final class ImgurListing {
    /** Takes what was found. */
    interface Found {
        /** An image, and how many bytes it has as Imgur tells; 0 if it does not. */
        void image(URI address, long bytes);
    }

    private final Supplier<ImgurClient> client;
    private final WantedImages wanted;
    private final Found found;
    private final BooleanSupplier enough;
    private final List<ListingAccount.Gap> gaps = new ArrayList<>();
    private @Nullable ImgurClient used;
    private int listed;
    private int albumsLeftOut;
    private int animationsLeftOut;

    ImgurListing(Supplier<ImgurClient> client, WantedImages wanted, Found found, BooleanSupplier enough) {
        this.client = client;
        this.wanted = wanted;
        this.found = found;
        this.enough = enough;
    }

    ListingAccount account(int images) {
        return new ListingAccount(
                images, albumsLeftOut, animationsLeftOut, used == null ? 0 : used.creditsSpent(), List.copyOf(gaps));
    }

    /**
     * Makes sure that Imgur can be asked.
     *
     * @throws UsageException if it cannot
     */
    void open() {
        used = client.get();
    }

    /** Lists what was named, as far as it goes. */
    void list(Source.OfImgur source) {
        Interruption.check();
        listed = 0;
        ImgurClient imgur;
        try {
            imgur = client.get();
        } catch (UsageException e) {
            gaps.add(new ListingAccount.Gap(source.name(), 0, String.valueOf(e.getMessage()), null));
            return;
        }
        used = imgur;
        try {
            list(imgur, source);
        } catch (ImgurException e) {
            Interruption.check();
            addGap(source.name(), listed, e, maySucceedLater(e) ? GoOn.with(source.name(), WantedImages.FIRST) : null);
        }
    }

    private void list(ImgurClient imgur, Source.OfImgur source) {
        ImgurUrl what = source.what();
        if (what instanceof ImgurUrl.SingleImage image) {
            take(imgur.images().get(image.id()).send());
        } else if (what instanceof ImgurUrl.SeveralImages images) {
            images.ids().forEach(id -> take(imgur.images().get(id).send()));
        } else if (what instanceof ImgurUrl.Album album) {
            imgur.albums().images(album.id()).send().forEach(this::take);
        } else if (what instanceof ImgurUrl.GalleryEntry entry) {
            take(imgur, imgur.gallery().get(entry.id()).send());
        } else if (what instanceof ImgurUrl.SubredditEntry entry) {
            take(
                    imgur,
                    imgur.gallery().subredditItem(entry.subreddit(), entry.id()).send());
        } else {
            walk(imgur, source, items(imgur, what));
        }
    }

    private static ImgurPages<GalleryItem> items(ImgurClient imgur, ImgurUrl what) {
        if (what instanceof ImgurUrl.GalleryList list) {
            return imgur.gallery().section(list.section(), list.sort(), list.window());
        } else if (what instanceof ImgurUrl.SubredditList list) {
            return imgur.gallery().subreddit(list.subreddit(), list.sort(), list.window());
        } else if (what instanceof ImgurUrl.TagList list) {
            return imgur.tags().items(list.tag(), list.sort(), list.window());
        } else if (what instanceof ImgurUrl.SearchList list) {
            return imgur.gallery().search(list.search(), list.sort(), list.window());
        } else if (what instanceof ImgurUrl.UserPage page) {
            return page.part() == ImgurUrl.UserPage.Part.FAVORITES
                    ? imgur.accounts().galleryFavorites(page.username(), ListOrder.NEWEST)
                    : imgur.accounts().submissions(page.username(), ListOrder.NEWEST);
        } else if (what instanceof ImgurUrl.RandomList) {
            return imgur.gallery().random();
        }
        throw new IllegalStateException("No list of images: " + what);
    }

    /** Reads pages until one is empty, or there is enough. */
    private void walk(ImgurClient imgur, Source.OfImgur source, ImgurPages<GalleryItem> pages) {
        ImgurPages<GalleryItem> asked = wanted.of(pages);
        try {
            for (GalleryItem item : asked) {
                if (item instanceof GalleryImage image) {
                    takeWanted(image.image());
                } else if (item instanceof GalleryAlbum album) {
                    takeWanted(imgur, source, album.album());
                }
                if (enough.getAsBoolean()) {
                    return;
                }
            }
        } catch (ImgurException e) {
            Interruption.check();
            int page = GoOn.pageOf(asked, e);
            boolean further = page > wanted.fromPage();
            addGap(source.name(), listed, e, further || maySucceedLater(e) ? GoOn.with(source.name(), page) : null);
        }
    }

    private void addGap(String name, int images, ImgurException e, @Nullable String goOn) {
        gaps.add(new ListingAccount.Gap(name, images, CreditsText.reason(e, Clock.systemUTC()), goOn));
    }

    private static boolean maySucceedLater(ImgurException e) {
        return e.retryable() || e instanceof ImgurException.CreditsUsedUp;
    }

    private void takeWanted(ImgurClient imgur, Source.OfImgur source, Album album) {
        if (!wanted.albums()) {
            albumsLeftOut++;
            return;
        }
        Interruption.check();
        try {
            imgur.albums().complete(album).forEach(this::takeWanted);
        } catch (ImgurException e) {
            Interruption.check();
            String name = "album:" + album.id();
            String again = maySucceedLater(e) ? GoOn.with(name, WantedImages.FIRST) : null;
            addGap(name + " of " + source.name(), 0, e, again);
        }
    }

    private void takeWanted(Image image) {
        if (WantedImages.isStill(image) || wanted.animations()) {
            take(image);
        } else {
            animationsLeftOut++;
        }
    }

    private void take(ImgurClient imgur, GalleryItem item) {
        if (item instanceof GalleryImage image) {
            take(image.image());
        } else if (item instanceof GalleryAlbum album) {
            imgur.albums().complete(album.album()).forEach(this::take);
        }
    }

    private void take(Image image) {
        URI file = image.file();
        if (file != null) {
            listed++;
            found.image(file, image.fileSize());
        }
    }
}
