package dev.gearshift.imgur.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import dev.gearshift.imgur.model.Layout;
import dev.gearshift.imgur.model.Privacy;
import dev.gearshift.imgur.model.Processing;
import dev.gearshift.imgur.model.Vote;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ModelsTests {

    @Test
    void galleryPageHoldsImagesAndAlbums() {
        List<GalleryItem> items = Models.galleryItems(data("gallery-page"));

        assertThat(items).hasSize(2);
        Image image = ((GalleryImage) items.get(0)).image();
        assertThat(image.id()).isEqualTo("aB3dE5g");
        assertThat(image.title()).isEqualTo("A lake");
        assertThat(image.datetime()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(image.type()).isEqualTo("image/jpeg");
        assertThat(image.width()).isEqualTo(3024);
        assertThat(image.height()).isEqualTo(4032);
        assertThat(image.size()).isEqualTo(912_345);
        assertThat(image.bandwidth()).isEqualTo(49_785_848_969_979L);
        assertThat(image.favorite()).isFalse();
        assertThat(image.section()).isNull();
        assertThat(image.accountId()).isEqualTo(12345);
        assertThat(image.inMostViral()).isTrue();
        assertThat(image.link()).isEqualTo(URI.create("https://i.imgur.com/aB3dE5g.jpg"));
        assertThat(items.get(0).popularity().ups()).isEqualTo(900);
        assertThat(items.get(0).popularity().commentCount()).isEqualTo(31);

        Album album = ((GalleryAlbum) items.get(1)).album();
        assertThat(album.id()).isEqualTo("Zy9xW");
        assertThat(album.cover()).isEqualTo("c0ver12");
        assertThat(album.accountUrl()).isNull();
        assertThat(album.accountId()).isEqualTo(77);
        assertThat(album.privacy()).isEqualTo(Privacy.PUBLIC);
        assertThat(album.layout()).isEqualTo(Layout.BLOG);
        assertThat(album.favorite()).isNull();
        assertThat(album.nsfw()).isNull();
        assertThat(album.imagesCount()).isEqualTo(12);
        assertThat(album.images()).isEmpty();
        assertThat(album.complete()).isFalse();
        assertThat(album.extra()).containsEntry("include_album_ads", true);
    }

    @Test
    void isAlbumTellsItemsApartAndNotThePresenceOfImages() {
        List<GalleryItem> items = Models.galleryItems(data("gallery-told-apart"));

        assertThat(items)
                .<Object>extracting(Object::getClass)
                .containsExactly(GalleryImage.class, GalleryAlbum.class, GalleryImage.class);
        assertThat(items.get(0).popularity().ups()).isNull();
        assertThat(items.get(0).popularity().topicId()).isEqualTo(29);
    }

    @Test
    void numbersAsStringsAreNumbers() {
        Image image = image("image-numbers-as-strings");

        assertThat(image.accountId()).isEqualTo(4567);
        assertThat(image.edited()).isZero();
        assertThat(image.width()).isEqualTo(640);
        assertThat(image.size()).isEqualTo(1000);
        assertThat(image.views()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-empty-strings", "image-nulls", "image-false-for-nothing"})
    void everyWayOfSayingNothingIsNull(String fixture) {
        Image image = image(fixture);

        assertThat(image.title()).isNull();
        assertThat(image.section()).isNull();
        assertThat(image.datetime()).isNull();
        assertThat(image.vote()).isNull();
        assertThat(image.favorite()).isNull();
        assertThat(image.nsfw()).isNull();
        assertThat(image.accountId()).isNull();
        assertThat(image.link()).isNull();
        assertThat(image.width()).isZero();
        assertThat(image.views()).isZero();
        assertThat(image.animated()).isFalse();
        assertThat(image.extra()).isEmpty();
    }

    @Test
    void trueIsAVoteForIt() {
        assertThat(image("image-vote-true").vote()).isEqualTo(Vote.UP);
    }

    @Test
    void unknownWordsAreKept() {
        Image image = image("image-unknown-words");

        assertThat(image.vote()).isEqualTo(new Vote("sideways"));
        assertThat(image.processing()).isEqualTo(new Processing("queued"));
        assertThat(image.extra()).isEmpty();
    }

    @Test
    void unknownFieldsAreKeptAsPlainValuesThatCannotBeChanged() {
        Map<String, @Nullable Object> extra = image("image-unknown-fields").extra();

        assertThat(extra).containsOnlyKeys("ad_config", "brand_new", "tags");
        assertThat(extra.get("ad_config"))
                .isEqualTo(Map.of("safeFlags", List.of("a", "b"), "showsAds", true, "level", 2.5));
        assertThat(extra.get("brand_new")).isNull();
        assertThat(extra.get("tags"))
                .isInstanceOfSatisfying(
                        List.class,
                        tags -> assertThatThrownBy(tags::clear).isInstanceOf(UnsupportedOperationException.class));
        assertThatThrownBy(extra::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatMakesNoSenseIsKeptAsItCame() {
        Image image = image("image-makes-no-sense");

        assertThat(image.description()).isNull();
        assertThat(image.accountId()).isNull();
        assertThat(image.width()).isZero();
        assertThat(image.datetime()).isNull();
        assertThat(image.link()).isNull();
        assertThat(image.nsfw()).isNull();
        assertThat(image.extra())
                .containsOnlyKeys("description", "account_id", "width", "datetime", "link", "nsfw", "edited")
                .containsEntry("nsfw", "maybe");
    }

    @Test
    void animationBringsItsVariants() {
        Image image = image("image-animation");

        assertThat(image.animated()).isTrue();
        assertThat(image.hasSound()).isTrue();
        assertThat(image.looping()).isTrue();
        assertThat(image.mp4()).isEqualTo(URI.create("https://i.imgur.com/abc1234.mp4"));
        assertThat(image.gifv()).isEqualTo(URI.create("https://i.imgur.com/abc1234.gifv"));
        assertThat(image.hls()).isEqualTo(URI.create("https://i.imgur.com/abc1234.m3u8"));
        assertThat(image.mp4Size()).isEqualTo(4321);
        assertThat(image.processing()).isEqualTo(Processing.COMPLETED);
        assertThat(image.link()).isEqualTo(URI.create("https://i.imgur.com/abc1234h.gif"));
        assertThat(image.file()).as("the link leads to a still").isEqualTo(image.mp4());
        assertThat(image.fileSize()).isEqualTo(4321);
    }

    @Test
    void whatIsNoHugeAnimationIsWhereItsLinkLeads() {
        Image still = image("image-uploaded");

        assertThat(still.file()).isNotNull().isEqualTo(still.link());
        assertThat(still.fileSize()).isEqualTo(still.size());
    }

    @Test
    void mp4OfSizeZeroIsNotThereYet() {
        Image image = image("image-mp4-not-made-yet");

        assertThat(image.mp4Size()).isNull();
        assertThat(image.processing()).isEqualTo(Processing.PENDING);
    }

    @Test
    void deletehashIsReadAndNotPrinted() {
        Image image = image("image-of-its-owner");

        assertThat(image.deletehash()).isEqualTo("TOPSECRETHASH");
        assertThat(image.edited()).isEqualTo(1_700_000_001);
        assertThat(image.toString()).isEqualTo("Image[id=abc1234, type=null, link=null]");
        assertThat(new GalleryImage(image, Models.galleryItem(Map.of("id", "x")).popularity()).toString())
                .doesNotContain("TOPSECRETHASH");
    }

    @Test
    void emptyAlbumIsComplete() {
        Album album = Models.album(data("album-empty"));

        assertThat(album.cover()).isNull();
        assertThat(album.coverWidth()).isNull();
        assertThat(album.layout()).isEqualTo(new Layout("spiral"));
        assertThat(album.privacy()).isEqualTo(Privacy.HIDDEN);
        assertThat(album.complete()).isTrue();
    }

    @Test
    void albumBringsItsImagesInOrder() {
        Album album = Models.album(data("album-with-images"));

        assertThat(album.images()).extracting(Image::id).containsExactly("first01", "secnd02");
        assertThat(album.images())
                .extracting(Image::link)
                .containsExactly(
                        URI.create("https://i.imgur.com/first01.png"), URI.create("http://127.0.0.1:8080/secnd02.png"));
        assertThat(album.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "1, true", "0, false", "'', null", "null, null"})
    void whetherItIsMatureIsYesNoOrNotJudged(String value, String judged) {
        @Nullable
        Object sent = switch (value) {
            case "true", "false" -> Boolean.valueOf(value);
            case "null" -> null;
            default -> value;
        };
        Map<String, @Nullable Object> item = new HashMap<>(Map.of("id", "abc1234"));
        item.put("nsfw", sent);

        assertThat(String.valueOf(Models.image(item).nsfw())).isEqualTo(judged);
        assertThat(String.valueOf(Models.album(item).nsfw())).isEqualTo(judged);
        assertThat(Models.image(item).extra()).isEmpty();
        assertThat(Models.album(item).extra()).isEmpty();
    }

    @Test
    void aSecretAlbumWhoseCoverWasChangedAndWhoseImagesNobodyCounted() {
        Album album = Models.album(data("album-secret-uncounted"));

        assertThat(album.privacy()).isEqualTo(Privacy.SECRET);
        assertThat(album.nsfw()).isTrue();
        assertThat(album.imagesCount()).isNull();
        assertThat(album.images()).hasSize(1);
        assertThat(album.complete()).as("whether there are more, nobody told").isFalse();
        assertThat(album.extra()).containsOnly(Map.entry("cover_edited", 1_700_000_002));
    }

    @Test
    void previewsAreNotTheWholeAlbum() {
        assertThat(Models.album(data("album-with-previews")).complete()).isFalse();
    }

    @Test
    void withoutAnIdThereIsNoImage() {
        assertThatThrownBy(() -> Models.image(Map.of("title", "x")))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("an object has no \"id\"");
    }

    @Test
    void listWhereAnObjectBelongsIsUnreadable() {
        assertThatThrownBy(() -> Models.album(List.of()))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("an object was expected");
        assertThatThrownBy(() -> Models.images(true))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("a list was expected");
    }

    private static Image image(String fixture) {
        return Models.image(data(fixture));
    }

    static @Nullable Object data(String fixture) {
        return Json.data(envelope(fixture));
    }

    static Map<?, ?> envelope(String fixture) {
        try (InputStream in = ModelsTests.class.getResourceAsStream(fixture + ".json")) {
            return Json.present(Json.object(in.readAllBytes()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
