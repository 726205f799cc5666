package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.TagModels;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Tag;
import dev.gearshift.imgur.model.TagOverview;

/**
 * Calls about tags. Each gives a call, or a list of pages, of which nothing has been sent; it fails with an
 * {@link ImgurException} when it is. Safe for use by many threads.
 */
public final class TagEndpoints {
    private final ApiAccess api;

    TagEndpoints(ApiAccess api) {
        this.api = api;
    }

    /**
     * The tags that Imgur shows first: {@code GET /3/tags}. Costs one credit. Fails with an {@link ImgurException}.
     */
    public ImgurRequest<TagOverview> overview() {
        return api.request(Endpoint.get("tags"), TagModels::overview);
    }

    /**
     * A tag without items: {@code GET /3/gallery/tag_info/{tag}}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<Tag> info(String tag) {
        return api.request(Endpoint.get("gallery/tag_info/{tag}"), TagModels::tag)
                .at("tag", tag);
    }

    /**
     * A tag with a page of its items: {@code GET /3/gallery/t/{tag}/{sort}/{window}/{page}}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is no such tag.
     *
     * @param window how far back {@link Sort#TOP} looks; no matter otherwise
     * @param page from 0
     * @throws IllegalArgumentException if the name is blank, the page negative or the sort {@link Sort#RISING}
     */
    public ImgurRequest<Tag> page(String tag, Sort sort, Window window, int page) {
        if (page < 0) {
            throw new IllegalArgumentException("Pages count from 0; this is " + page);
        }
        return at(
                        api.request(Endpoint.get("gallery/t/{tag}/{sort}/{window}/{page}"), TagModels::tag),
                        tag,
                        sort,
                        window)
                .at("page", page);
    }

    /**
     * The items of a tag: {@code GET /3/gallery/t/{tag}/{sort}/{window}/{page}}. Costs one credit a page. Fails with
     * {@link ImgurException.NotFound} if there is no such tag.
     *
     * @param window how far back {@link Sort#TOP} looks; no matter otherwise
     * @throws IllegalArgumentException if the name is blank or the sort {@link Sort#RISING}
     */
    public ImgurPages<GalleryItem> items(String tag, Sort sort, Window window) {
        return ImgurPages.of(
                at(
                        api.request(
                                Endpoint.get("gallery/t/{tag}/{sort}/{window}/{page}"),
                                data -> TagModels.tag(data).items()),
                        tag,
                        sort,
                        window),
                GalleryItem::id);
    }

    private static <T> ImgurRequest<T> at(ImgurRequest<T> request, String tag, Sort sort, Window window) {
        if (sort == Sort.RISING) {
            throw new IllegalArgumentException("Sort.RISING works with Section.USER only, not with a tag");
        }
        return request.at("tag", tag).at("sort", sort.word()).at("window", window.word());
    }
}
