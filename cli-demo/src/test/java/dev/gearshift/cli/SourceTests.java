package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gearshift.imgur.GallerySearch;
import dev.gearshift.imgur.ImgurUrl;
import dev.gearshift.imgur.Section;
import dev.gearshift.imgur.Sort;
import dev.gearshift.imgur.Window;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
final class SourceTests {
    static Stream<Arguments> namesOfWhatImgurHas() {
        return Stream.of(
                arguments("random", new ImgurUrl.RandomList()),
                arguments("gallery:hot", new ImgurUrl.GalleryList(Section.HOT, Sort.VIRAL, Window.DAY)),
                arguments("gallery:top/week", new ImgurUrl.GalleryList(Section.TOP, Sort.VIRAL, Window.WEEK)),
                arguments("gallery:top/top/all", new ImgurUrl.GalleryList(Section.TOP, Sort.TOP, Window.ALL)),
                arguments("gallery:user/rising", new ImgurUrl.GalleryList(Section.USER, Sort.RISING, Window.DAY)),
                arguments("subreddit:pics", new ImgurUrl.SubredditList("pics", Sort.TIME, Window.DAY)),
                arguments("subreddit:pics/top/year", new ImgurUrl.SubredditList("pics", Sort.TOP, Window.YEAR)),
                arguments("tag:cats/time", new ImgurUrl.TagList("cats", Sort.TIME, Window.DAY)),
                arguments(
                        "search:cats AND ext:jpg",
                        new ImgurUrl.SearchList(GallerySearch.query("cats AND ext:jpg"), Sort.VIRAL, Window.ALL)),
                arguments(
                        "search:either/or/top/month",
                        new ImgurUrl.SearchList(GallerySearch.query("either/or"), Sort.TOP, Window.MONTH)),
                arguments("user:someone", new ImgurUrl.UserPage("someone", ImgurUrl.UserPage.Part.POSTS)),
                arguments("album:Zy9xW", new ImgurUrl.Album("Zy9xW")),
                arguments("image:abcdefg", new ImgurUrl.SingleImage("abcdefg", null, null)),
                arguments("https://imgur.com/abcdefg", new ImgurUrl.SingleImage("abcdefg", null, null)),
                arguments("imgur.com/a/Zy9xW", new ImgurUrl.Album("Zy9xW")),
                arguments("https://imgur.com/gallery/a-walk-Zy9xW12", new ImgurUrl.GalleryEntry("Zy9xW12")),
                arguments("https://imgur.com/r/pics", new ImgurUrl.SubredditList("pics", Sort.TIME, Window.DAY)),
                arguments("https://imgur.com/abcde,fghij", new ImgurUrl.SeveralImages(List.of("abcde", "fghij"))),
                arguments(
                        "https://imgur.com/user/someone/favorites",
                        new ImgurUrl.UserPage("someone", ImgurUrl.UserPage.Part.FAVORITES)));
    }

    @ParameterizedTest
    @MethodSource("namesOfWhatImgurHas")
    void whatImgurHasIsNamedInShortOrByItsAddress(String text, ImgurUrl what) {
        assertThat(Source.of(text, null)).isEqualTo(new Source.OfImgur(text, what));
    }

    @ParameterizedTest
    @CsvSource({
        "https://i.imgur.com/abcdefg.jpg, https://i.imgur.com/abcdefg.jpg",
        "i.imgur.com/abcdefgl.jpg, https://i.imgur.com/abcdefgl.jpg",
        "//i.imgur.com/abcdefg.png, https://i.imgur.com/abcdefg.png",
        "http://i.imgur.com/abcdefg.png, https://i.imgur.com/abcdefg.png",
        "HTTP://I.Imgur.com/abcdefg.jpg?1, https://I.Imgur.com/abcdefg.jpg?1",
        "http://i.imgur.io:80/abcdefg.png, https://i.imgur.io/abcdefg.png",
        "http://s.imgur.com/images/favicon.png, https://s.imgur.com/images/favicon.png",
        "http://i.imgur.com:8080/abcdefg.png, http://i.imgur.com:8080/abcdefg.png",
        "http://notimgur.com/abcdefg.png, http://notimgur.com/abcdefg.png",
        "https://i.imgur.com/abcdefg.gifv, https://i.imgur.com/abcdefg.mp4",
        "http://127.0.0.1:8080/abcdefg.jpg, http://127.0.0.1:8080/abcdefg.jpg",
        "HTTPS://example.org/photo.png?size=9, HTTPS://example.org/photo.png?size=9",
    })
    void theAddressOfAFileNeedsNobodyToBeAsked(String text, URI address) {
        assertThat(Source.of(text, null)).isEqualTo(new Source.OfFile(text, address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gallery:warm | The gallery has hot, top and user",
                "gallery:hot/warm | The gallery has hot, top and user",
                "gallery: | After the colon comes what to list.",
                "gallery:hot/rising | Only gallery:user can be sorted by rising.",
                "subreddit:pics/viral | Subreddits are sorted by top or time.",
                "subreddit:pics/monthly | After the name may come /viral, /top or /time",
                "tag:cats/rising | Tags are sorted by viral, top or time.",
                "search:/top | After the colon comes what to list.",
                "user:some one | After the colon comes one word",
                "album:a/b | After the colon comes one word",
                "https://imgur.com/user/someone/comments | That page of a user has no images.",
            })
    void whatIsWrongIsSaidInOneSentence(String text, String said) {
        assertThatThrownBy(() -> Source.of(text, "line 3 of urls.txt"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("\"" + text + "\" (line 3 of urls.txt) is no source. " + said);
    }

    @Test
    void anAddressForDeletingIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> Source.of("https://imgur.com/delete/S3cr3tHash", null))
                .isInstanceOf(UsageException.class)
                .hasMessage("An address for deleting an image is no source; \"gearshift upload --delete\" takes it.");
    }
}
