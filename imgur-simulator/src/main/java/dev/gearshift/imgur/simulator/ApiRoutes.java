package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.Route.Access;
import java.util.List;
import java.util.function.Function;

/**
 * The API at a glance. {@code [ ]} is optional; a <code>{name}</code> takes what {@link Route} says of it. The first line
 * that fits is taken.
 */
final class ApiRoutes {

    private static final int FREE = 0;
    private static final int USUAL = 1;
    private static final int UPLOAD = 10;

    private final List<Route> all;

    ApiRoutes(
            SignIn signIn,
            GalleryPages gallery,
            CommentPages comments,
            AccountPages account,
            AlbumPages album,
            PicturePages image,
            CreditPages credits) {
        all = List.of(
                open("POST", "/oauth2/token", signIn::token),
                open("GET", "/oauth2/authorize", signIn::authorize),
                open("GET", "/oauth2/addclient", signIn::addClient),
                get("/3/credits", credits::left),
                // the gallery
                get("/3/gallery/{section}/{sort}[/{window}][/{page}]", gallery::section),
                get("/3/gallery/random/{sort}[/{page}]", gallery::random),
                get("/3/gallery/search[/{sort}][/{window}][/{page}]", gallery::search),
                get("/3/gallery/r/{name}/{imageSort}[/{window}][/{page}]", gallery::subreddit),
                get("/3/gallery/r/{name}/{id}", gallery::subredditImage),
                get("/3/gallery/t/{name}[/{sort}][/{window}][/{page}]", gallery::tag),
                get("/3/gallery/tag_info/{name}", gallery::tagInfo),
                get("/3/gallery/image/{id}", gallery::image),
                get("/3/gallery/album/{id}", gallery::album),
                get("/3/gallery/{id}/tags", gallery::itemTags),
                get("/3/gallery/{id}/votes", gallery::votes),
                get("/3/gallery/{id}/comments[/{commentSort}]", gallery::comments),
                get("/3/gallery/{id}/comment/{number}", gallery::comment),
                get("/3/gallery/{id}", gallery::item),
                get("/3/tags", gallery::tags),
                get("/3/comment/{number}", comments::comment),
                get("/3/comment/{number}/replies", comments::replies),
                // accounts
                get("/3/account/{user}", account::account),
                get("/3/account/{user}/submissions[/{page}][/{order}]", account::submissions),
                get("/3/account/{user}/gallery_favorites[/{page}][/{order}]", account::galleryFavorites),
                signedIn("GET", "/3/account/{user}/favorites[/{page}][/{order}]", account::favorites),
                get("/3/account/{user}/albums/ids[/{page}]", account::albumIds),
                get("/3/account/{user}/albums/count", account::albumCount),
                get("/3/account/{user}/albums[/{page}]", account::albums),
                get("/3/account/{user}/comments/ids[/{order}][/{page}]", account::commentIds),
                get("/3/account/{user}/comments/count", account::commentCount),
                get("/3/account/{user}/comments[/{order}][/{page}]", account::comments),
                get("/3/account/{user}/comment/{number}", account::comment),
                get("/3/account/{user}/gallery_profile", account::galleryProfile),
                get("/3/account/{user}/available_avatars", account::availableAvatars),
                signedIn("GET", "/3/account/{user}/images/ids[/{page}]", account::imageIds),
                signedIn("GET", "/3/account/{user}/images/count", account::imageCount),
                signedIn("GET", "/3/account/{user}/images[/{page}]", account::images),
                // albums
                get("/3/album/{id}", album::album),
                get("/3/album/{id}/images", album::images),
                get("/3/album/{id}/image/{imageId}", album::image),
                change("POST", "/3/album", album::create),
                change("PUT", "/3/album/{key}", album::update),
                change("DELETE", "/3/album/{key}", album::delete),
                signedIn("POST", "/3/album/{id}/favorite", album::favorite),
                change("POST", "/3/album/{key}", album::setImages),
                change("POST", "/3/album/{key}/add", album::addImages),
                change("PUT", "/3/album/{key}/add", album::addImages),
                change("POST", "/3/album/{key}/remove_images", album::removeImages),
                change("DELETE", "/3/album/{key}/remove_images", album::removeImages),
                // images
                get("/3/image/{id}", image::image),
                Route.of("POST", "/3/image", Access.CLIENT, UPLOAD, image::upload),
                Route.of("POST", "/3/upload", Access.CLIENT, UPLOAD, image::upload),
                change("POST", "/3/image/{key}", image::update),
                change("PUT", "/3/image/{key}", image::update),
                change("DELETE", "/3/image/{key}", image::delete),
                signedIn("POST", "/3/image/{id}/favorite", image::favorite));
    }

    List<Route> all() {
        return all;
    }

    private static Route open(String method, String path, Function<Call, Answer> handler) {
        return Route.of(method, path, Access.ANYONE, FREE, handler);
    }

    private static Route get(String path, Function<Call, Answer> handler) {
        return Route.of("GET", path, Access.CLIENT, USUAL, handler);
    }

    private static Route change(String method, String path, Function<Call, Answer> handler) {
        return Route.of(method, path, Access.CLIENT, USUAL, handler);
    }

    private static Route signedIn(String method, String path, Function<Call, Answer> handler) {
        return Route.of(method, path, Access.ACCOUNT, USUAL, handler);
    }
}
