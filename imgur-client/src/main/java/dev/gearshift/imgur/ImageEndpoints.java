package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.Models;
import dev.gearshift.imgur.internal.SmallModels;
import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.Image;
import org.jspecify.annotations.Nullable;

/**
 * Calls about single images and videos. Each gives a call that has not been sent; it fails with an {@link ImgurException}
 * when it is. Safe for use by many threads.
 */
public final class ImageEndpoints {
    private final ApiAccess api;

    ImageEndpoints(ApiAccess api) {
        this.api = api;
    }

    /**
     * An image: {@code GET /3/image/{id}}. Costs one credit. Fails with {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<Image> get(String id) {
        return api.request(Endpoint.get("image/{id}"), Models::image).at("id", id);
    }

    /**
     * Uploads a picture or a video: {@code POST /3/image}. Costs ten credits, and one of the 1,250 posts an hour. The
     * answer holds the id, the link, and, unless a user is signed in, the deletehash. Fails with
     * {@link ImgurException.BadRequest} if the file is too large or no picture.
     *
     * <p>Besides the client's {@link ImgurClient.Builder#requestTimeout requestTimeout}, an attempt has a second for each
     * 64 KiB; one of unknown length may take any time as long as it gets on. It is tried again only if Imgur cannot have
     * taken it; see {@link ImgurRequest#withRetryOfPosts}.
     */
    public ImgurRequest<Image> upload(Upload upload) {
        return api.request(Endpoint.UPLOAD, Models::image).sending(upload.content());
    }

    /**
     * Changes what is said about an image: {@code POST /3/image/{idOrDeletehash}}. Costs one credit. Fails with
     * {@link ImgurException.Forbidden} if the image is somebody else's.
     *
     * @param idOrDeletehash the id if it is the signed-in user's, else the deletehash
     * @param title {@code null} to leave it
     * @param description {@code null} to leave it
     * @throws IllegalArgumentException if the first is blank, or there is nothing to change
     */
    public ImgurRequest<Basic> update(String idOrDeletehash, @Nullable String title, @Nullable String description) {
        if (title == null && description == null) {
            throw new IllegalArgumentException("There is nothing to change: give a title, a description or both");
        }
        return api.whole(Endpoint.post("image/{idOrDeletehash}"), SmallModels::basic)
                .atSecret("idOrDeletehash", idOrDeletehash)
                .field("title", title)
                .field("description", description);
    }

    /**
     * Deletes an image: {@code DELETE /3/image/{idOrDeletehash}}. Costs one credit. Fails with
     * {@link ImgurException.Forbidden} if the image is somebody else's.
     *
     * @param idOrDeletehash the id if it is the signed-in user's, else the deletehash
     * @throws IllegalArgumentException if it is blank
     */
    public ImgurRequest<Basic> delete(String idOrDeletehash) {
        return api.whole(Endpoint.delete("image/{idOrDeletehash}"), SmallModels::basic)
                .atSecret("idOrDeletehash", idOrDeletehash);
    }

    /**
     * Marks an image for the signed-in user, or takes the mark back if there is one: {@code POST /3/image/{id}/favorite}.
     * Costs one credit. Answers whether it is marked now. Fails with {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public ImgurRequest<Boolean> favorite(String id) {
        return api.request(Endpoint.post("image/{id}/favorite").ofUser(), SmallModels::favorited)
                .at("id", id);
    }
}
