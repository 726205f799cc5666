package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.model.Account;
import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.Comment;
import dev.gearshift.imgur.model.CreatedAlbum;
import dev.gearshift.imgur.model.Credits;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.GalleryProfile;
import dev.gearshift.imgur.model.Image;
import dev.gearshift.imgur.model.Tag;
import dev.gearshift.imgur.model.TagOverview;
import dev.gearshift.imgur.model.Votes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every endpoint the client has: what is sent for it, byte by byte, and what is made of an answer. */
final class EndpointTable {
    static final String HASH = "d3l3t3H4sh00001";
    private static final ImageKeys TWO_HASHES = ImageKeys.deletehashes(List.of(HASH, "d3l3t3H4sh00002"));

    private EndpointTable() {}

    /**
     * A call.
     *
     * @param method the class and method that make it
     * @param call makes it
     * @param line what goes out: method and target
     * @param body the form that goes out, {@code ""} for none, {@code "multipart"} for an upload
     * @param fixture what comes back
     * @param check looks at what was made of it
     */
    record Row(
            String method,
            Function<ImgurClient, ImgurRequest<?>> call,
            String line,
            String body,
            String fixture,
            Consumer<Object> check) {
        @Override
        public String toString() {
            return method + " " + line;
        }
    }

    /** One that may make all of these calls; none of them is to be sent. */
    static ImgurClient client() {
        return ImgurClient.builder()
                .clientId("any")
                .clientSecret("any")
                .tokens(ImgurTokens.of("any", "any"))
                .build();
    }

    static List<Row> rows() {
        return List.of(
                get(
                        "ImageEndpoints.get",
                        i -> i.images().get("abc1234"),
                        "/3/image/abc1234",
                        "image-animation",
                        Image.class,
                        image -> assertThat(image.id()).isEqualTo("abc1234")),
                row(
                        "ImageEndpoints.upload",
                        i -> i.images()
                                .upload(Upload.of("a.png", new byte[] {1, 2, 3}).withTitle("A title")),
                        "POST /3/image",
                        "multipart",
                        "image-uploaded",
                        Image.class,
                        image -> assertThat(image.deletehash()).isEqualTo("TOPSECRETHASH")),
                row(
                        "ImageEndpoints.upload",
                        i -> i.images().upload(Upload.of(URI.create("https://host/a%20b"))),
                        "POST /3/image",
                        "multipart",
                        "image-uploaded",
                        Image.class,
                        image -> assertThat(image.size()).isEqualTo(70)),
                row(
                        "ImageEndpoints.update",
                        i -> i.images().update(HASH, "A title & more", null),
                        "POST /3/image/" + HASH,
                        "title=A+title+%26+more",
                        "basic-boolean",
                        Basic.class,
                        basic -> assertThat(basic.data()).isEqualTo(true)),
                row(
                        "ImageEndpoints.update",
                        i -> i.images().update("abc1234", null, "Text"),
                        "POST /3/image/abc1234",
                        "description=Text",
                        "basic-integer",
                        Basic.class,
                        basic -> assertThat(basic.data()).isEqualTo(1)),
                row(
                        "ImageEndpoints.delete",
                        i -> i.images().delete(HASH),
                        "DELETE /3/image/" + HASH,
                        "",
                        "basic-boolean",
                        Basic.class,
                        basic -> assertThat(basic.status()).isEqualTo(200)),
                row(
                        "ImageEndpoints.favorite",
                        i -> i.images().favorite("abc1234"),
                        "POST /3/image/abc1234/favorite",
                        "",
                        "favorited",
                        Boolean.class,
                        marked -> assertThat(marked).isTrue()),
                get(
                        "AlbumEndpoints.get",
                        i -> i.albums().get("Zy9xW"),
                        "/3/album/Zy9xW",
                        "album-with-images",
                        Album.class,
                        album -> assertThat(album.images()).hasSize(2)),
                get(
                        "AlbumEndpoints.images",
                        i -> i.albums().images("Zy9xW"),
                        "/3/album/Zy9xW/images",
                        "images",
                        List.class,
                        images -> assertThat(images).hasSize(2)),
                get(
                        "AlbumEndpoints.images",
                        i -> i.albums().images("../a b?c"),
                        "/3/album/..%2Fa%20b%3Fc/images",
                        "images",
                        List.class,
                        images -> assertThat(images).hasSize(2)),
                get(
                        "AlbumEndpoints.image",
                        i -> i.albums().image("Zy9xW", "abc1234"),
                        "/3/album/Zy9xW/image/abc1234",
                        "image-animation",
                        Image.class,
                        image -> assertThat(image.animated()).isTrue()),
                row(
                        "AlbumEndpoints.create",
                        i -> i.albums()
                                .create(AlbumDetails.empty()
                                        .withTitle("Ä")
                                        .withDescription("b")
                                        .withCover("abc1234")
                                        .withImages(ImageKeys.ids(List.of("abc1234", "bC4eF6h")))),
                        "POST /3/album",
                        "title=%C3%84&description=b&cover=abc1234&ids%5B%5D=abc1234&ids%5B%5D=bC4eF6h",
                        "created-album",
                        CreatedAlbum.class,
                        album -> assertThat(album.deletehash()).isEqualTo("TOPSECRETHASH")),
                row(
                        "AlbumEndpoints.update",
                        i -> i.albums().update(HASH, AlbumDetails.empty().withTitle("b")),
                        "PUT /3/album/" + HASH,
                        "title=b",
                        "basic-boolean",
                        Basic.class,
                        basic -> assertThat(basic.data()).isEqualTo(true)),
                row(
                        "AlbumEndpoints.delete",
                        i -> i.albums().delete(HASH),
                        "DELETE /3/album/" + HASH,
                        "",
                        "basic-boolean",
                        Basic.class,
                        basic -> assertThat(basic.data()).isEqualTo(true)),
                row(
                        "AlbumEndpoints.setImages",
                        i -> i.albums().setImages(HASH, TWO_HASHES),
                        "POST /3/album/" + HASH,
                        "deletehashes%5B%5D=" + HASH + "&deletehashes%5B%5D=d3l3t3H4sh00002",
                        "basic-boolean",
                        Basic.class,
                        basic -> assertThat(basic.data()).isEqualTo(true)),
                row(
                        "AlbumEndpoints.addImages",
                        i -> i.albums().addImages("Zy9xW", ImageKeys.ids(List.of("abc1234"))),
                        "POST /3/album/Zy9xW/add",
                        "ids%5B%5D=abc1234",
                        "basic-array",
                        Basic.class,
                        basic -> assertThat(basic.data()).isEqualTo(List.of())),
                row(
                        "AlbumEndpoints.removeImages",
                        i -> i.albums().removeImages("Zy9xW", ImageKeys.ids(List.of("abc1234"))),
                        "POST /3/album/Zy9xW/remove_images",
                        "ids%5B%5D=abc1234",
                        "basic-string",
                        Basic.class,
                        basic -> assertThat(basic.data()).isEqualTo("done")),
                row(
                        "AlbumEndpoints.favorite",
                        i -> i.albums().favorite("Zy9xW"),
                        "POST /3/album/Zy9xW/favorite",
                        "",
                        "unfavorited",
                        Boolean.class,
                        marked -> assertThat(marked).isFalse()),
                items(
                        "GalleryEndpoints.section",
                        i -> i.gallery()
                                .section(Section.HOT, Sort.VIRAL, Window.DAY)
                                .page(0),
                        "/3/gallery/hot/viral/day/0"),
                items(
                        "GalleryEndpoints.section",
                        i -> i.gallery()
                                .section(Section.TOP, Sort.TOP, Window.ALL)
                                .page(7),
                        "/3/gallery/top/top/all/7"),
                items(
                        "GalleryEndpoints.section",
                        i -> i.gallery()
                                .section(Section.USER, Sort.RISING, Window.WEEK)
                                .withParameter("showViral", "false")
                                .withParameter("mature", "true")
                                .withParameter("album_previews", "true")
                                .page(1),
                        "/3/gallery/user/rising/week/1?showViral=false&mature=true&album_previews=true"),
                items(
                        "GalleryEndpoints.section",
                        i -> i.gallery()
                                .section(Section.USER, Sort.TIME, Window.MONTH)
                                .page(1),
                        "/3/gallery/user/time/month/1"),
                items("GalleryEndpoints.random", i -> i.gallery().random().page(3), "/3/gallery/random/random/3"),
                items(
                        "GalleryEndpoints.subreddit",
                        i -> i.gallery()
                                .subreddit("EarthPorn", Sort.TOP, Window.YEAR)
                                .page(2),
                        "/3/gallery/r/EarthPorn/top/year/2"),
                get(
                        "GalleryEndpoints.subredditItem",
                        i -> i.gallery().subredditItem("EarthPorn", "aB3dE5g"),
                        "/3/gallery/r/EarthPorn/aB3dE5g",
                        "subreddit-item",
                        GalleryImage.class,
                        item -> assertThat(item.popularity().ups()).isNull()),
                items(
                        "GalleryEndpoints.search",
                        i -> i.gallery()
                                .search(GallerySearch.query("cats AND ext:jpg"), Sort.TIME, Window.ALL)
                                .page(0),
                        "/3/gallery/search/time/all/0?q=cats+AND+ext%3Ajpg"),
                items(
                        "GalleryEndpoints.search",
                        i -> i.gallery()
                                .search(
                                        GallerySearch.allOf("cats")
                                                .without("dogs")
                                                .of(GallerySearch.Kind.PNG)
                                                .of(GallerySearch.Size.BIG),
                                        Sort.VIRAL,
                                        Window.DAY)
                                .page(1),
                        "/3/gallery/search/viral/day/1?q_all=cats&q_not=dogs&q_type=png&q_size_px=big"),
                items(
                        "GalleryEndpoints.search",
                        i -> i.gallery()
                                .search(GallerySearch.anyOf("a b"), Sort.TOP, Window.DAY)
                                .page(1),
                        "/3/gallery/search/top/day/1?q_any=a+b"),
                items(
                        "GalleryEndpoints.search",
                        i -> i.gallery()
                                .search(GallerySearch.exactly("a b"), Sort.TOP, Window.DAY)
                                .page(1),
                        "/3/gallery/search/top/day/1?q_exactly=a+b"),
                get(
                        "GalleryEndpoints.get",
                        i -> i.gallery().get("Zy9xW"),
                        "/3/gallery/Zy9xW",
                        "gallery-album",
                        GalleryAlbum.class,
                        album -> assertThat(album.album().complete()).isTrue()),
                get(
                        "GalleryEndpoints.image",
                        i -> i.gallery().image("aB3dE5g"),
                        "/3/gallery/image/aB3dE5g",
                        "gallery-image",
                        GalleryImage.class,
                        image -> assertThat(image.popularity().score()).isEqualTo(2)),
                get(
                        "GalleryEndpoints.album",
                        i -> i.gallery().album("Zy9xW"),
                        "/3/gallery/album/Zy9xW",
                        "gallery-album",
                        GalleryAlbum.class,
                        album -> assertThat(album.album().images()).hasSize(1)),
                get(
                        "GalleryEndpoints.votes",
                        i -> i.gallery().votes("Zy9xW"),
                        "/3/gallery/Zy9xW/votes",
                        "votes",
                        Votes.class,
                        votes -> assertThat(votes).isEqualTo(new Votes(119, 8))),
                get(
                        "GalleryEndpoints.tags",
                        i -> i.gallery().tags("Zy9xW"),
                        "/3/gallery/Zy9xW/tags",
                        "tag-votes",
                        List.class,
                        tags -> assertThat(tags).hasSize(2)),
                get(
                        "GalleryEndpoints.comments",
                        i -> i.gallery().comments("Zy9xW", CommentOrder.NEW),
                        "/3/gallery/Zy9xW/comments/new",
                        "comments",
                        List.class,
                        comments -> assertThat(comments).hasSize(2)),
                get(
                        "GalleryEndpoints.comment",
                        i -> i.gallery().comment("Zy9xW", 1_938_633_683L),
                        "/3/gallery/Zy9xW/comment/1938633683",
                        "comment",
                        Comment.class,
                        comment -> assertThat(comment.ups()).isEqualTo(39)),
                get(
                        "TagEndpoints.overview",
                        i -> i.tags().overview(),
                        "/3/tags",
                        "tags",
                        TagOverview.class,
                        tags -> assertThat(tags.tags()).extracting(Tag::name).containsExactly("cats", "dogs")),
                get(
                        "TagEndpoints.info",
                        i -> i.tags().info("cats"),
                        "/3/gallery/tag_info/cats",
                        "tag",
                        Tag.class,
                        tag -> assertThat(tag.id()).isEqualTo("32179")),
                get(
                        "TagEndpoints.page",
                        i -> i.tags().page("cats", Sort.TIME, Window.ALL, 3),
                        "/3/gallery/t/cats/time/all/3",
                        "tag",
                        Tag.class,
                        tag -> assertThat(tag.items()).hasSize(2)),
                get(
                        "TagEndpoints.items",
                        i -> i.tags().items("cats", Sort.VIRAL, Window.DAY).page(4),
                        "/3/gallery/t/cats/viral/day/4",
                        "tag",
                        List.class,
                        items -> assertThat(items).hasSize(2)),
                get(
                        "AccountEndpoints.get",
                        i -> i.accounts().get("some one"),
                        "/3/account/some%20one",
                        "account",
                        Account.class,
                        account -> assertThat(account.reputation()).isEqualTo(15303.84)),
                get(
                        "AccountEndpoints.byId",
                        i -> i.accounts().byId(48_437_714),
                        "/3/account/?account_id=48437714",
                        "account",
                        Account.class,
                        account -> assertThat(account.id()).isEqualTo(48_437_714)),
                get(
                        "AccountEndpoints.galleryProfile",
                        i -> i.accounts().galleryProfile("me"),
                        "/3/account/me/gallery_profile",
                        "gallery-profile",
                        GalleryProfile.class,
                        profile -> assertThat(profile.trophies()).hasSize(1)),
                get(
                        "AccountEndpoints.availableAvatars",
                        i -> i.accounts().availableAvatars("me"),
                        "/3/account/me/available_avatars",
                        "avatars",
                        List.class,
                        avatars -> assertThat(avatars).hasSize(2)),
                items(
                        "AccountEndpoints.galleryFavorites",
                        i -> i.accounts()
                                .galleryFavorites("me", ListOrder.OLDEST)
                                .page(2),
                        "/3/account/me/gallery_favorites/2/oldest"),
                items(
                        "AccountEndpoints.favorites",
                        i -> i.accounts().favorites("me", ListOrder.NEWEST).page(0),
                        "/3/account/me/favorites/0/newest"),
                items(
                        "AccountEndpoints.submissions",
                        i -> i.accounts().submissions("me", ListOrder.WORST).page(1),
                        "/3/account/me/submissions/1/worst"),
                get(
                        "AccountEndpoints.albums",
                        i -> i.accounts().albums("me").withPerPage(100).page(1),
                        "/3/account/me/albums/1?perPage=100",
                        "albums",
                        List.class,
                        albums -> assertThat(albums).hasSize(2)),
                get(
                        "AccountEndpoints.albumIds",
                        i -> i.accounts().albumIds("me").page(1),
                        "/3/account/me/albums/ids/1",
                        "ids",
                        List.class,
                        ids -> assertThat(ids).isEqualTo(List.of("Zy9xW", "aB3dE"))),
                get(
                        "AccountEndpoints.albumCount",
                        i -> i.accounts().albumCount("me"),
                        "/3/account/me/albums/count",
                        "count",
                        Integer.class,
                        count -> assertThat(count).isEqualTo(105)),
                get(
                        "AccountEndpoints.comments",
                        i -> i.accounts().comments("me", ListOrder.BEST).page(0),
                        "/3/account/me/comments/best/0",
                        "comments",
                        List.class,
                        comments -> assertThat(comments).hasSize(2)),
                get(
                        "AccountEndpoints.commentIds",
                        i -> i.accounts().commentIds("me", ListOrder.NEWEST).page(0),
                        "/3/account/me/comments/ids/newest/0",
                        "numbers",
                        List.class,
                        ids -> assertThat(ids).isEqualTo(List.of(1_938_633_683L, 77L))),
                get(
                        "AccountEndpoints.commentCount",
                        i -> i.accounts().commentCount("me"),
                        "/3/account/me/comments/count",
                        "count",
                        Integer.class,
                        count -> assertThat(count).isEqualTo(105)),
                get(
                        "AccountEndpoints.comment",
                        i -> i.accounts().comment("me", 5),
                        "/3/account/me/comment/5",
                        "comment",
                        Comment.class,
                        comment -> assertThat(comment.children()).hasSize(1)),
                get(
                        "AccountEndpoints.images",
                        i -> i.accounts().images("me").withPerPage(1).page(9),
                        "/3/account/me/images/9?perPage=1",
                        "images",
                        List.class,
                        images -> assertThat(images).hasSize(2)),
                get(
                        "AccountEndpoints.imageIds",
                        i -> i.accounts().imageIds("me").page(0),
                        "/3/account/me/images/ids/0",
                        "ids",
                        List.class,
                        ids -> assertThat(ids).hasSize(2)),
                get(
                        "AccountEndpoints.imageCount",
                        i -> i.accounts().imageCount("me"),
                        "/3/account/me/images/count",
                        "count",
                        Integer.class,
                        count -> assertThat(count).isEqualTo(105)),
                get(
                        "CommentEndpoints.get",
                        i -> i.comments().get(5),
                        "/3/comment/5",
                        "comment",
                        Comment.class,
                        comment -> assertThat(comment.author()).isEqualTo("someone")),
                get(
                        "CommentEndpoints.replies",
                        i -> i.comments().replies(5),
                        "/3/comment/5/replies",
                        "comment",
                        Comment.class,
                        comment ->
                                assertThat(comment.children().get(0).deleted()).isTrue()),
                row(
                        "CommentEndpoints.create",
                        i -> i.comments().create("Zy9xW", "Nice!"),
                        "POST /3/comment",
                        "image_id=Zy9xW&comment=Nice%21",
                        "created-comment",
                        Long.class,
                        id -> assertThat(id).isEqualTo(1_938_633_999L)),
                row(
                        "CommentEndpoints.reply",
                        i -> i.comments().reply(5, "Zy9xW", "Yes"),
                        "POST /3/comment/5",
                        "image_id=Zy9xW&comment=Yes",
                        "created-comment",
                        Long.class,
                        id -> assertThat(id).isEqualTo(1_938_633_999L)),
                row(
                        "CommentEndpoints.delete",
                        i -> i.comments().delete(5),
                        "DELETE /3/comment/5",
                        "",
                        "basic-boolean",
                        Basic.class,
                        basic -> assertThat(basic.data()).isEqualTo(true)),
                row(
                        "OAuthEndpoints.refresh",
                        i -> i.oauth().refresh(),
                        "POST /oauth2/token",
                        "refresh_token=r3fr3shT0ken&client_id=s3cr3tCl13nt1d&client_secret=cl13ntS3cr3t&grant_type=refresh_token",
                        "tokens",
                        ImgurTokens.class,
                        tokens -> assertThat(tokens.refreshToken()).isEqualTo("n3wR3freshT0ken")),
                get(
                        "ImgurClient.credits",
                        i -> i.credits(),
                        "/3/credits",
                        "credits",
                        Credits.class,
                        credits -> assertThat(credits.userRemaining()).isEqualTo(481)),
                get(
                        "ImgurClient.other",
                        i -> i.other("GET", "account/me/settings", Map.of()),
                        "/3/account/me/settings",
                        "settings",
                        Basic.class,
                        settings -> assertThat(settings.data()).isInstanceOf(Map.class)),
                row(
                        "ImgurClient.other",
                        i -> i.other("POST", "feedback/" + HASH, Map.of("a", "b")),
                        "POST /3/feedback/" + HASH,
                        "a=b",
                        "basic-object",
                        Basic.class,
                        basic -> assertThat(basic.data()).isInstanceOf(Map.class)));
    }

    private static Row items(String method, Function<ImgurClient, ImgurRequest<?>> call, String target) {
        return get(
                method,
                call,
                target,
                "gallery-page",
                List.class,
                items -> assertThat(items).hasSize(2).allMatch(GalleryItem.class::isInstance));
    }

    private static <T> Row get(
            String method,
            Function<ImgurClient, ImgurRequest<?>> call,
            String target,
            String fixture,
            Class<T> type,
            Consumer<T> check) {
        return row(method, call, "GET " + target, "", fixture, type, check);
    }

    private static <T> Row row(
            String method,
            Function<ImgurClient, ImgurRequest<?>> call,
            String line,
            String body,
            String fixture,
            Class<T> type,
            Consumer<T> check) {
        return new Row(method, call, line, body, fixture, value -> check.accept(type.cast(value)));
    }
}
