package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.Models;
import dev.gearshift.imgur.internal.PeopleModels;
import dev.gearshift.imgur.internal.SmallModels;
import dev.gearshift.imgur.model.Account;
import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.Avatar;
import dev.gearshift.imgur.model.Comment;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.GalleryProfile;
import dev.gearshift.imgur.model.Image;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls about users and what they have. Each gives a call, or a list of pages, of which nothing has been sent; it fails
 * with an {@link ImgurException} when it is. Safe for use by many threads.
 *
 * <p>The user name {@code me} is the signed-in user's.
 */
public final class AccountEndpoints {
    private final ApiAccess api;

    AccountEndpoints(ApiAccess api) {
        this.api = api;
    }

    /**
     * A user: {@code GET /3/account/{username}}. Costs one credit. Fails with {@link ImgurException.NotFound} if there is
     * none.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<Account> get(String username) {
        return of(Endpoint.get("account/{username}"), username, PeopleModels::account);
    }

    /**
     * A user by his or her number: {@code GET /3/account/}, with the parameter {@code account_id}. Costs one credit. Fails
     * with {@link ImgurException.NotFound} if there is none.
     */
    public ImgurRequest<Account> byId(long id) {
        return api.request(Endpoint.get("account/"), PeopleModels::account)
                .withParameter("account_id", Long.toString(id));
    }

    /**
     * What a user did in the gallery: {@code GET /3/account/{username}/gallery_profile}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<GalleryProfile> galleryProfile(String username) {
        return of(Endpoint.get("account/{username}/gallery_profile"), username, PeopleModels::galleryProfile);
    }

    /**
     * The avatars a user may choose from: {@code GET /3/account/{username}/available_avatars}. Costs one credit. Fails
     * with {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<List<Avatar>> availableAvatars(String username) {
        return of(Endpoint.get("account/{username}/available_avatars"), username, PeopleModels::avatars);
    }

    /**
     * The gallery items a user has marked: {@code GET /3/account/{username}/gallery_favorites/{page}/{sort}}. Costs one
     * credit a page. Fails with {@link ImgurException.NotFound} if there is no such user.
     *
     * @param sort {@link ListOrder#NEWEST} or {@link ListOrder#OLDEST}
     * @throws IllegalArgumentException if the name is blank or the sort is another
     */
    public ImgurPages<GalleryItem> galleryFavorites(String username, ListOrder sort) {
        return ImgurPages.of(
                of(Endpoint.get("account/{username}/gallery_favorites/{page}/{sort}"), username, Models::galleryItems)
                        .at("sort", byAge(sort).word()),
                GalleryItem::id);
    }

    /**
     * Whatever the signed-in user has marked: {@code GET /3/account/{username}/favorites/{page}/{sort}}. Costs one credit
     * a page. The items may come without votes. Fails with {@link ImgurException.Forbidden} if the user is another.
     *
     * @param sort {@link ListOrder#NEWEST} or {@link ListOrder#OLDEST}
     * @throws IllegalArgumentException if the name is blank or the sort is another
     */
    public ImgurPages<GalleryItem> favorites(String username, ListOrder sort) {
        return ImgurPages.of(
                of(Endpoint.get("account/{username}/favorites/{page}/{sort}").ofUser(), username, Models::galleryItems)
                        .at("sort", byAge(sort).word()),
                GalleryItem::id);
    }

    /**
     * What a user has put into the gallery: {@code GET /3/account/{username}/submissions/{page}/{sort}}. Costs one credit
     * a page. Fails with {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurPages<GalleryItem> submissions(String username, ListOrder sort) {
        return ImgurPages.of(
                of(Endpoint.get("account/{username}/submissions/{page}/{sort}"), username, Models::galleryItems)
                        .at("sort", sort.word()),
                GalleryItem::id);
    }

    /**
     * A user's albums: {@code GET /3/account/{username}/albums/{page}}; those that are not public only for the signed-in
     * user. Costs one credit a page. Fails with {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurPages<Album> albums(String username) {
        return ImgurPages.sizeable(
                of(Endpoint.get("account/{username}/albums/{page}"), username, Models::albums), Album::id);
    }

    /**
     * The ids of a user's albums: {@code GET /3/account/{username}/albums/ids/{page}}. Costs one credit a page. Fails with
     * {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurPages<String> albumIds(String username) {
        return ImgurPages.sizeable(
                of(Endpoint.get("account/{username}/albums/ids/{page}"), username, SmallModels::ids),
                Function.identity());
    }

    /**
     * How many albums a user has: {@code GET /3/account/{username}/albums/count}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<Integer> albumCount(String username) {
        return of(Endpoint.get("account/{username}/albums/count"), username, SmallModels::count);
    }

    /**
     * A user's comments: {@code GET /3/account/{username}/comments/{sort}/{page}}. Costs one credit a page. Fails with
     * {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurPages<Comment> comments(String username, ListOrder sort) {
        return ImgurPages.sizeable(
                of(Endpoint.get("account/{username}/comments/{sort}/{page}"), username, PeopleModels::comments)
                        .at("sort", sort.word()),
                Comment::id);
    }

    /**
     * The numbers of a user's comments: {@code GET /3/account/{username}/comments/ids/{sort}/{page}}. Costs one credit a
     * page. Fails with {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurPages<Long> commentIds(String username, ListOrder sort) {
        return ImgurPages.sizeable(
                of(Endpoint.get("account/{username}/comments/ids/{sort}/{page}"), username, SmallModels::numbers)
                        .at("sort", sort.word()),
                Function.identity());
    }

    /**
     * How many comments a user has written: {@code GET /3/account/{username}/comments/count}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is no such user.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<Integer> commentCount(String username) {
        return of(Endpoint.get("account/{username}/comments/count"), username, SmallModels::count);
    }

    /**
     * A comment of a user: {@code GET /3/account/{username}/comment/{id}}. Costs one credit. Fails with
     * {@link ImgurException.NotFound} if there is none.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<Comment> comment(String username, long id) {
        return of(Endpoint.get("account/{username}/comment/{id}"), username, PeopleModels::comment)
                .at("id", id);
    }

    /**
     * The signed-in user's images: {@code GET /3/account/{username}/images/{page}}. Costs one credit a page. They bring
     * their deletehashes. Fails with {@link ImgurException.Forbidden} if the user is another.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurPages<Image> images(String username) {
        return ImgurPages.sizeable(
                of(Endpoint.get("account/{username}/images/{page}").ofUser(), username, Models::images), Image::id);
    }

    /**
     * The ids of the signed-in user's images: {@code GET /3/account/{username}/images/ids/{page}}. Costs one credit a
     * page. Fails with {@link ImgurException.Forbidden} if the user is another.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurPages<String> imageIds(String username) {
        return ImgurPages.sizeable(
                of(Endpoint.get("account/{username}/images/ids/{page}").ofUser(), username, SmallModels::ids),
                Function.identity());
    }

    /**
     * How many images the signed-in user has: {@code GET /3/account/{username}/images/count}. Costs one credit. Fails with
     * {@link ImgurException.Forbidden} if the user is another.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<Integer> imageCount(String username) {
        return of(Endpoint.get("account/{username}/images/count").ofUser(), username, SmallModels::count);
    }

    private <T> ImgurRequest<T> of(Endpoint endpoint, String username, Function<@Nullable Object, T> decoder) {
        return api.request(endpoint, decoder).at("username", username);
    }

    private static ListOrder byAge(ListOrder sort) {
        if (sort != ListOrder.NEWEST && sort != ListOrder.OLDEST) {
            throw new IllegalArgumentException(
                    "Favorites are sorted by ListOrder.NEWEST or ListOrder.OLDEST, not by ListOrder." + sort);
        }
        return sort;
    }
}
