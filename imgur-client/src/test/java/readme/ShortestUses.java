package readme;

import dev.gearshift.imgur.AlbumDetails;
import dev.gearshift.imgur.CreditPolicy;
import dev.gearshift.imgur.FileDownloader;
import dev.gearshift.imgur.GallerySearch;
import dev.gearshift.imgur.ImageKeys;
import dev.gearshift.imgur.ImgurAnswer;
import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurTokens;
import dev.gearshift.imgur.ImgurUrl;
import dev.gearshift.imgur.Section;
import dev.gearshift.imgur.Sort;
import dev.gearshift.imgur.ThumbnailSize;
import dev.gearshift.imgur.Upload;
import dev.gearshift.imgur.Window;
import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.CreatedAlbum;
import dev.gearshift.imgur.model.Credits;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What stands in the README, so that it compiles. */
final class ShortestUses {
    private ShortestUses() {}

    static void read() throws Exception {
        try (ImgurClient imgur = ImgurClient.fromEnvironment();
                FileDownloader downloader = FileDownloader.create()) {
            for (GalleryItem item : imgur.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY)) {
                if (item instanceof GalleryImage image && image.link() != null) {
                    downloader.download(image.link(), Path.of(image.id() + ".jpg"));
                } else if (item instanceof GalleryAlbum album) {
                    List<Image> all = imgur.albums().complete(album.album());
                }
            }
        }
    }

    static void ways(ImgurClient imgur) {
        Album album = imgur.albums().get("Zy9xW").send();
        CompletableFuture<Album> later = imgur.albums().get("Zy9xW").sendAsync();
        ImgurAnswer<Album> answer =
                imgur.albums().get("Zy9xW").withTimeout(Duration.ofSeconds(5)).answer();
    }

    static void lists(ImgurClient imgur) {
        imgur.gallery().search(GallerySearch.query("cats AND ext:jpg"), Sort.TOP, Window.YEAR).stream()
                .limit(500)
                .forEach(System.out::println);
        CompletableFuture<Void> walk =
                imgur.tags().items("cats", Sort.TIME, Window.ALL).forEachAsync(System.out::println);
        List<GalleryItem> second = imgur.gallery().random().page(1).send();
    }

    static void upload(ImgurClient imgur) {
        Upload cat = Upload.of(Path.of("cat.jpg")).withTitle("A cat").withProgress((sent, total) -> {});
        Image image = imgur.images().upload(cat).send();
        ImageKeys keys = ImageKeys.deletehashes(List.of(image.deletehash()));
        CreatedAlbum album =
                imgur.albums().create(AlbumDetails.empty().withImages(keys)).send();
        imgur.images().delete(image.deletehash()).send();
    }

    static void credits() {
        ImgurClient imgur = ImgurClient.builder()
                .clientId("…")
                .creditPolicy(CreditPolicy.waiting(Duration.ofHours(1)).withBudget(5_000))
                .build();
        Credits left = imgur.credits().send();
    }

    static void signedIn(String accessToken, String refreshToken) {
        ImgurClient imgur = ImgurClient.builder()
                .clientId("…")
                .clientSecret("…")
                .tokens(ImgurTokens.of(accessToken, refreshToken))
                .onNewTokens(tokens -> {})
                .listener(event -> System.getLogger("imgur").log(System.Logger.Level.INFO, event))
                .build();
    }

    static void urls(ImgurClient imgur, Image image) {
        ImgurUrl url = ImgurUrl.parse("https://imgur.com/gallery/a-walk-in-the-woods-Zy9xW12");
        if (url instanceof ImgurUrl.GalleryEntry entry) {
            GalleryItem item = imgur.gallery().get(entry.id()).send();
        }
        Optional<URI> small = ThumbnailSize.MEDIUM.of(image.link());
    }

    static void failures(ImgurClient imgur) {
        try {
            imgur.comments().get(1234).send();
        } catch (ImgurException.NotFound gone) {
            System.out.println(gone.getMessage());
        } catch (ImgurException.CreditsUsedUp none) {
            System.out.println("again in " + none.retryAfter());
        }
    }

    static void other(ImgurClient imgur) {
        Basic settings = imgur.other("GET", "account/me/settings", Map.of()).send();
    }
}
