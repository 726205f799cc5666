package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.PeopleModels;
import dev.gearshift.imgur.internal.SmallModels;
import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.Comment;

/**
 * Calls about comments. Each gives a call that has not been sent; it fails with an {@link ImgurException} when it is. Safe
 * for use by many threads.
 */
public final class CommentEndpoints {
    private final ApiAccess api;

    CommentEndpoints(ApiAccess api) {
        this.api = api;
    }

    /**
     * A comment: {@code GET /3/comment/{id}}. Costs one credit. Fails with {@link ImgurException.NotFound} if there is
     * none.
     */
    public ImgurRequest<Comment> get(long id) {
        return api.request(Endpoint.get("comment/{id}"), PeopleModels::comment).at("id", id);
    }

    /**
     * A comment with the answers to it: {@code GET /3/comment/{id}/replies}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is no such comment.
     */
    public ImgurRequest<Comment> replies(long id) {
        return api.request(Endpoint.get("comment/{id}/replies"), PeopleModels::comment)
                .at("id", id);
    }

    /**
     * Comments on a gallery item as the signed-in user: {@code POST /3/comment}. Costs one credit. Answers the new
     * comment's number. Fails with {@link ImgurException.NotFound} if there is no such item.
     *
     * @throws IllegalArgumentException if the text is blank
     */
    public ImgurRequest<Long> create(String imageId, String text) {
        return api.request(Endpoint.post("comment").ofUser(), SmallModels::createdId)
                .field("image_id", imageId)
                .field("comment", notBlank(text));
    }

    /**
     * Answers a comment as the signed-in user: {@code POST /3/comment/{id}}. Costs one credit. Answers the new comment's
     * number. Fails with {@link ImgurException.NotFound} if there is no such comment.
     *
     * @param id the comment to answer
     * @throws IllegalArgumentException if the text is blank
     */
    public ImgurRequest<Long> reply(long id, String imageId, String text) {
        return api.request(Endpoint.post("comment/{id}").ofUser(), SmallModels::createdId)
                .at("id", id)
                .field("image_id", imageId)
                .field("comment", notBlank(text));
    }

    /**
     * Deletes a comment of the signed-in user: {@code DELETE /3/comment/{id}}. Costs one credit. Fails with
     * {@link ImgurException.Forbidden} if it is somebody else's.
     */
    public ImgurRequest<Basic> delete(long id) {
        return api.whole(Endpoint.delete("comment/{id}").ofUser(), SmallModels::basic)
                .at("id", id);
    }

    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("The comment is blank");
        }
        return text;
    }
}
