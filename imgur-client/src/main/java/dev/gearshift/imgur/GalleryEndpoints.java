package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.Models;
import dev.gearshift.imgur.internal.PeopleModels;
import dev.gearshift.imgur.internal.SmallModels;
import dev.gearshift.imgur.internal.TagModels;
import dev.gearshift.imgur.model.Comment;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.TagVote;
import dev.gearshift.imgur.model.Votes;
import java.util.List;

/**
 * Calls about the public gallery. Each gives a call, or a list of pages, of which nothing has been sent; it fails with an
 * {@link ImgurException} when it is. Safe for use by many threads.
 *
 * <p>In lists, albums come without their images; with the parameter {@code album_previews} {@code true} they bring a few.
 * {@link AlbumEndpoints#complete} has them all. Items marked as mature are left out unless {@code mature} is {@code true};
 * {@link Section#USER} holds popular items too unless {@code showViral} is {@code false}. See
 * {@link ImgurPages#withParameter}.
 */
public final class GalleryEndpoints {
    private final ApiAccess api;

    GalleryEndpoints(ApiAccess api) {
        this.api = api;
    }

    /**
     * A part of the gallery: {@code GET /3/gallery/{section}/{sort}/{window}/{page}}. Costs one credit a page. Fails with
     * an {@link ImgurException}.
     *
     * @param window how far back {@link Section#TOP} looks; no matter otherwise
     * @throws IllegalArgumentException if {@link Sort#RISING} is asked of another section than {@link Section#USER}
     */
    public ImgurPages<GalleryItem> section(Section section, Sort sort, Window window) {
        if (sort == Sort.RISING && section != Section.USER) {
            throw new IllegalArgumentException("Sort.RISING works with Section.USER only, not with Section." + section);
        }
        return ImgurPages.of(
                items("gallery/{section}/{sort}/{window}/{page}")
                        .at("section", section.word())
                        .at("sort", sort.word())
                        .at("window", window.word()),
                GalleryItem::id);
    }

    /**
     * Random items: {@code GET /3/gallery/random/random/{page}}. Costs one credit a page. Fails with an
     * {@link ImgurException}. Imgur calls it deprecated; {@link #section section} is what it recommends.
     */
    public ImgurPages<GalleryItem> random() {
        return ImgurPages.of(items("gallery/random/random/{page}"), GalleryItem::id);
    }

    /**
     * What a subreddit links to: {@code GET /3/gallery/r/{subreddit}/{sort}/{window}/{page}}. Costs one credit a page.
     * Fails with {@link ImgurException.NotFound} if Imgur knows no such subreddit. The items carry no votes.
     *
     * @param subreddit without {@code r/}
     * @param sort {@link Sort#TIME} or {@link Sort#TOP}
     * @param window how far back {@link Sort#TOP} looks; no matter otherwise
     * @throws IllegalArgumentException if the name is blank or the sort is another
     */
    public ImgurPages<GalleryItem> subreddit(String subreddit, Sort sort, Window window) {
        if (sort != Sort.TIME && sort != Sort.TOP) {
            throw new IllegalArgumentException("Subreddits are sorted by Sort.TIME or Sort.TOP, not by Sort." + sort);
        }
        return ImgurPages.of(
                items("gallery/r/{subreddit}/{sort}/{window}/{page}")
                        .at("subreddit", subreddit)
                        .at("sort", sort.word())
                        .at("window", window.word()),
                GalleryItem::id);
    }

    /**
     * An item of a subreddit: {@code GET /3/gallery/r/{subreddit}/{id}}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the name or the id is blank
     */
    public ImgurRequest<GalleryItem> subredditItem(String subreddit, String id) {
        return api.request(Endpoint.get("gallery/r/{subreddit}/{id}"), Models::galleryItem)
                .at("subreddit", subreddit)
                .at("id", id);
    }

    /**
     * Looks for items: {@code GET /3/gallery/search/{sort}/{window}/{page}}. Costs one credit a page. Fails with
     * {@link ImgurException.BadRequest} if the query cannot be read.
     *
     * @param sort all but {@link Sort#RISING}
     * @param window how far back {@link Sort#TOP} looks; no matter otherwise
     * @throws IllegalArgumentException if the sort is {@link Sort#RISING}
     */
    public ImgurPages<GalleryItem> search(GallerySearch search, Sort sort, Window window) {
        if (sort == Sort.RISING) {
            throw new IllegalArgumentException("Sort.RISING works with Section.USER only, not with a search");
        }
        ImgurRequest<List<GalleryItem>> request = items("gallery/search/{sort}/{window}/{page}")
                .at("sort", sort.word())
                .at("window", window.word());
        return search.on(ImgurPages.of(request, GalleryItem::id));
    }

    /**
     * An item, image or album: {@code GET /3/gallery/{id}}. Costs one credit. Fails with {@link ImgurException.NotFound}
     * if there is none.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<GalleryItem> get(String id) {
        return api.request(Endpoint.get("gallery/{id}"), Models::galleryItem).at("id", id);
    }

    /**
     * An image in the gallery: {@code GET /3/gallery/image/{id}}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<GalleryImage> image(String id) {
        return api.request(Endpoint.get("gallery/image/{id}"), Models::galleryImage)
                .at("id", id);
    }

    /**
     * An album in the gallery, with its images: {@code GET /3/gallery/album/{id}}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<GalleryAlbum> album(String id) {
        return api.request(Endpoint.get("gallery/album/{id}"), Models::galleryAlbum)
                .at("id", id);
    }

    /**
     * The votes on an item: {@code GET /3/gallery/{id}/votes}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is no such item.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<Votes> votes(String id) {
        return api.request(Endpoint.get("gallery/{id}/votes"), SmallModels::votes)
                .at("id", id);
    }

    /**
     * The tags of an item: {@code GET /3/gallery/{id}/tags}. Costs one credit. Fails with {@link ImgurException.NotFound}
     * if there is no such item.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<List<TagVote>> tags(String id) {
        return api.request(Endpoint.get("gallery/{id}/tags"), TagModels::tagVotes)
                .at("id", id);
    }

    /**
     * The comments on an item, with the answers to them: {@code GET /3/gallery/{id}/comments/{sort}}, which has no pages.
     * Costs one credit. Fails with {@link ImgurException.NotFound} if there is no such item.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<List<Comment>> comments(String id, CommentOrder sort) {
        return api.request(Endpoint.get("gallery/{id}/comments/{sort}"), PeopleModels::comments)
                .at("id", id)
                .at("sort", sort.word());
    }

    /**
     * A comment on an item: {@code GET /3/gallery/{id}/comment/{comment}}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<Comment> comment(String id, long comment) {
        return api.request(Endpoint.get("gallery/{id}/comment/{comment}"), PeopleModels::comment)
                .at("id", id)
                .at("comment", comment);
    }

    private ImgurRequest<List<GalleryItem>> items(String path) {
        return api.request(Endpoint.get(path), Models::galleryItems);
    }
}
