package dev.gearshift.imgur;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an address of Imgur names: one of a closed set of things. Addresses of all times are understood, with
 * {@code http}, {@code https} or neither, on {@code imgur.com} and {@code imgur.io}, with {@code www.}, {@code m.} and
 * {@code i.} and on the users' own hosts; nothing is asked of Imgur.
 *
 * <pre>{@code
 * ImgurUrl url = ImgurUrl.parse("https://imgur.com/gallery/a-walk-in-the-woods-Zy9xW12");
 * if (url instanceof ImgurUrl.GalleryEntry entry) {
 *     GalleryItem item = imgur.gallery().get(entry.id()).send();
 * }
 * }</pre>
 */
public sealed interface ImgurUrl {

    /**
     * An image or a video by itself: its page or its file.
     *
     * @param id of the image, without the letter for a thumbnail
     * @param extension of the file, in lower case without the dot; {@code null} for a page
     * @param thumbnail which thumbnail the file is; {@code null} if it is none
     */
    record SingleImage(
            String id, @Nullable String extension, @Nullable ThumbnailSize thumbnail) implements ImgurUrl {}

    /**
     * Several images in one address, as Imgur had it once.
     *
     * @param ids in order
     */
    record SeveralImages(List<String> ids) implements ImgurUrl {
        /** Keeps a copy. */
        public SeveralImages {
            ids = List.copyOf(ids);
        }
    }

    /**
     * An album.
     *
     * @param id of the album
     */
    record Album(String id) implements ImgurUrl {}

    /**
     * Something in the gallery; whether an image or an album, the address does not tell.
     *
     * @param id of the image or album
     */
    record GalleryEntry(String id) implements ImgurUrl {}

    /**
     * Something that a subreddit links to; whether an image or an album, the address does not tell.
     *
     * @param subreddit without {@code r/}
     * @param id of the image or album
     */
    record SubredditEntry(String subreddit, String id) implements ImgurUrl {}

    /**
     * A part of the gallery.
     *
     * @param section which
     * @param sort its order
     * @param window how far back; {@link Window#DAY} if the address does not say
     */
    record GalleryList(Section section, Sort sort, Window window) implements ImgurUrl {}

    /** Random items. */
    record RandomList() implements ImgurUrl {}

    /**
     * What a subreddit links to.
     *
     * @param subreddit without {@code r/}
     * @param sort its order; {@link Sort#TIME} if the address does not say
     * @param window how far back; {@link Window#DAY} if the address does not say
     */
    record SubredditList(String subreddit, Sort sort, Window window) implements ImgurUrl {}

    /**
     * The items of a tag.
     *
     * @param tag its name
     * @param sort its order; {@link Sort#VIRAL} if the address does not say
     * @param window how far back; {@link Window#DAY} if the address does not say
     */
    record TagList(String tag, Sort sort, Window window) implements ImgurUrl {}

    /**
     * What a search finds.
     *
     * @param search for what
     * @param sort its order; {@link Sort#VIRAL} if the address does not say
     * @param window how far back; {@link Window#ALL} if the address does not say
     */
    record SearchList(GallerySearch search, Sort sort, Window window) implements ImgurUrl {}

    /**
     * A user's page.
     *
     * @param username whose
     * @param part which page of it
     */
    record UserPage(String username, Part part) implements ImgurUrl {

        /** The pages of a user. */
        public enum Part {
            /** What the user has put into the gallery; also where the address names no page. */
            POSTS,
            /** What the user has marked. */
            FAVORITES,
            /** What the user has written. */
            COMMENTS,
            /** What the user says about himself or herself. */
            ABOUT
        }
    }

    /**
     * The address with which an image is deleted. Whoever has it can do so: it is as secret as a deletehash.
     *
     * @param deletehash left out of {@link #toString()}
     */
    record Deletion(String deletehash) implements ImgurUrl {
        /** No secret. */
        @Override
        public String toString() {
            return "Deletion[***]";
        }
    }

    /** The picture that Imgur shows in place of an image that was removed. */
    record RemovedImage() implements ImgurUrl {}

    /**
     * Anything else: another host's address, a page of Imgur without pictures, or no address at all.
     *
     * @param text as it was given
     */
    record Other(String text) implements ImgurUrl {}

    /** Reads an address; what is not understood is an {@link Other}. */
    static ImgurUrl parse(String text) {
        return new UrlReader(text).read();
    }
}
