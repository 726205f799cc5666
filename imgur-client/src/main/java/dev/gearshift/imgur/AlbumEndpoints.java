package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.Models;
import dev.gearshift.imgur.internal.SmallModels;
import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.CreatedAlbum;
import dev.gearshift.imgur.model.Image;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Calls about albums. Each gives a call that has not been sent; it fails with an {@link ImgurException} when it is. Safe
 * for use by many threads.
 *
 * <p>An album is changed by its id if it is the signed-in user's, and by its deletehash if nobody is signed in. Since the
 * one parameter takes both, it is masked like a secret in whatever is printed.
 */
public final class AlbumEndpoints {
    private static final String KEY = "idOrDeletehash";

    private final ApiAccess api;

    AlbumEndpoints(ApiAccess api) {
        this.api = api;
    }

    /**
     * An album with its images: {@code GET /3/album/{id}}. Costs one credit. Fails with {@link ImgurException.NotFound} if
     * there is none.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<Album> get(String id) {
        return api.request(Endpoint.get("album/{id}"), Models::album).at("id", id);
    }

    /**
     * All images of an album, in order: {@code GET /3/album/{id}/images}, which has no pages. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is no such album. Imgur tends to time out on albums of a thousand images
     * and more.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<List<Image>> images(String id) {
        return api.request(Endpoint.get("album/{id}/images"), Models::images).at("id", id);
    }

    /**
     * An image of an album: {@code GET /3/album/{id}/image/{image}}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is no such image in it.
     *
     * @throws IllegalArgumentException if one of the ids is blank
     */
    public ImgurRequest<Image> image(String id, String image) {
        return api.request(Endpoint.get("album/{id}/image/{image}"), Models::image)
                .at("id", id)
                .at("image", image);
    }

    /**
     * All images of an album that came from a list, where albums bring none or a few of theirs. Sends
     * {@link #images images} only if some are missing; then it costs one credit, else none.
     *
     * @throws ImgurException if they cannot be had
     */
    public List<Image> complete(Album album) {
        return album.complete() ? album.images() : images(album.id()).send();
    }

    /**
     * All images of an album, as {@link #complete} has it, without holding a thread. Costs one credit if some are missing,
     * else none.
     *
     * @return the images, or an {@link ImgurException}
     */
    public CompletableFuture<List<Image>> completeAsync(Album album) {
        return album.complete()
                ? CompletableFuture.completedFuture(album.images())
                : images(album.id()).sendAsync();
    }

    /**
     * Makes an album: {@code POST /3/album}. Costs one credit. Its answer has the id and the deletehash. Fails with
     * {@link ImgurException.BadRequest} if it names images that cannot be put into it.
     */
    public ImgurRequest<CreatedAlbum> create(AlbumDetails details) {
        return filled(api.request(Endpoint.post("album"), SmallModels::createdAlbum), details);
    }

    /**
     * Changes an album: {@code PUT /3/album/{idOrDeletehash}}. Costs one credit. Images that are given replace those it
     * has. Fails with {@link ImgurException.Forbidden} if the album is somebody else's.
     *
     * @throws IllegalArgumentException if the id or deletehash is blank
     */
    public ImgurRequest<Basic> update(String idOrDeletehash, AlbumDetails details) {
        return filled(basic(Endpoint.put("album/{idOrDeletehash}"), idOrDeletehash), details);
    }

    /**
     * Deletes an album, and none of its images: {@code DELETE /3/album/{idOrDeletehash}}. Costs one credit. Fails with
     * {@link ImgurException.Forbidden} if the album is somebody else's.
     *
     * @throws IllegalArgumentException if the id or deletehash is blank
     */
    public ImgurRequest<Basic> delete(String idOrDeletehash) {
        return basic(Endpoint.delete("album/{idOrDeletehash}"), idOrDeletehash);
    }

    /**
     * Replaces the images of an album: {@code POST /3/album/{idOrDeletehash}}. Costs one credit. Fails with
     * {@link ImgurException.Forbidden} if the album is somebody else's.
     *
     * @throws IllegalArgumentException if the id or deletehash is blank
     */
    public ImgurRequest<Basic> setImages(String idOrDeletehash, ImageKeys images) {
        return basic(Endpoint.post("album/{idOrDeletehash}"), idOrDeletehash).images(images);
    }

    /**
     * Adds images to an album: {@code POST /3/album/{idOrDeletehash}/add}. Costs one credit. Fails with
     * {@link ImgurException.Forbidden} if the album is somebody else's.
     *
     * @throws IllegalArgumentException if the id or deletehash is blank
     */
    public ImgurRequest<Basic> addImages(String idOrDeletehash, ImageKeys images) {
        return basic(Endpoint.post("album/{idOrDeletehash}/add"), idOrDeletehash)
                .images(images);
    }

    /**
     * Takes images out of an album, which deletes none: {@code POST /3/album/{idOrDeletehash}/remove_images}. Costs one
     * credit. Fails with {@link ImgurException.Forbidden} if the album is somebody else's.
     *
     * @throws IllegalArgumentException if the id or deletehash is blank
     */
    public ImgurRequest<Basic> removeImages(String idOrDeletehash, ImageKeys images) {
        return basic(Endpoint.post("album/{idOrDeletehash}/remove_images"), idOrDeletehash)
                .images(images);
    }

    /**
     * Marks an album for the signed-in user, or takes the mark back if there is one: {@code POST /3/album/{id}/favorite}.
     * Costs one credit. Answers whether it is marked now. Fails with {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<Boolean> favorite(String id) {
        return api.request(Endpoint.post("album/{id}/favorite").ofUser(), SmallModels::favorited)
                .at("id", id);
    }

    private ImgurRequest<Basic> basic(Endpoint endpoint, String idOrDeletehash) {
        return api.whole(endpoint, SmallModels::basic).atSecret(KEY, idOrDeletehash);
    }

    private static <T> ImgurRequest<T> filled(ImgurRequest<T> request, AlbumDetails details) {
        return request.field("title", details.title())
                .field("description", details.description())
                .field("cover", details.cover())
                .images(details.images());
    }
}
