package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ImgurUrlTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # images: pages
            https://imgur.com/aB3dE5g                              | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            http://imgur.com/aB3dE                                 | SingleImage[id=aB3dE, extension=null, thumbnail=null]
            imgur.com/aB3dE5g                                      | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            //imgur.com/aB3dE5g                                    | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            HTTPS://IMGUR.COM/aB3dE5g                              | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://www.imgur.com/aB3dE5g/                         | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://m.imgur.com/aB3dE5g                            | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://imgur.io/aB3dE5g                               | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://imgur.com/aB3dE5g#0                            | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://imgur.com/aB3dE5g?tags                         | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://imgur.com/aB3dE5g/embed                        | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://imgur.com/a-walk-in-the-woods-aB3dE5g          | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://imgur.com/download/aB3dE5g                     | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://i.imgur.com/aB3dE5g                            | SingleImage[id=aB3dE5g, extension=null, thumbnail=null]
            https://imgur.com/aB3dE,bC4eF6h                        | SeveralImages[ids=[aB3dE, bC4eF6h]]
            # images: files
            https://i.imgur.com/aB3dE5g.jpg                        | SingleImage[id=aB3dE5g, extension=jpg, thumbnail=null]
            http://i.imgur.com/aB3dE.png                           | SingleImage[id=aB3dE, extension=png, thumbnail=null]
            https://i.imgur.com/aB3dE5g.JPEG                       | SingleImage[id=aB3dE5g, extension=jpeg, thumbnail=null]
            https://i.imgur.com/aB3dE5g.jpg?1                      | SingleImage[id=aB3dE5g, extension=jpg, thumbnail=null]
            https://i.imgur.com/aB3dE5g.png?maxwidth=640&shape=t   | SingleImage[id=aB3dE5g, extension=png, thumbnail=null]
            https://i.imgur.com/aB3dE5g_d.webp?maxwidth=640&shape=thumb&fidelity=medium | SingleImage[id=aB3dE5g, extension=webp, thumbnail=null]
            https://i.imgur.com/aB3dE_d.jpg?maxwidth=520           | SingleImage[id=aB3dE, extension=jpg, thumbnail=null]
            https://i.imgur.com/aB3dE5gh_d.webp                    | SingleImage[id=aB3dE5g, extension=webp, thumbnail=HUGE]
            https://i.imgur.com/aB3dE5g.gifv                       | SingleImage[id=aB3dE5g, extension=gifv, thumbnail=null]
            https://i.imgur.com/aB3dE5g.mp4                        | SingleImage[id=aB3dE5g, extension=mp4, thumbnail=null]
            https://i.imgur.com/aB3dE5g.webm                       | SingleImage[id=aB3dE5g, extension=webm, thumbnail=null]
            https://i.imgur.io/aB3dE5g.jpg                         | SingleImage[id=aB3dE5g, extension=jpg, thumbnail=null]
            https://imgur.com/aB3dE5g.gif                          | SingleImage[id=aB3dE5g, extension=gif, thumbnail=null]
            https://i.imgur.com/aB3dE5gs.jpg                       | SingleImage[id=aB3dE5g, extension=jpg, thumbnail=SMALL_SQUARE]
            https://i.imgur.com/aB3dE5gb.jpg                       | SingleImage[id=aB3dE5g, extension=jpg, thumbnail=BIG_SQUARE]
            https://i.imgur.com/aB3dE5gt.jpg                       | SingleImage[id=aB3dE5g, extension=jpg, thumbnail=SMALL]
            https://i.imgur.com/aB3dE5gm.jpg                       | SingleImage[id=aB3dE5g, extension=jpg, thumbnail=MEDIUM]
            https://i.imgur.com/aB3dE5gl.jpg                       | SingleImage[id=aB3dE5g, extension=jpg, thumbnail=LARGE]
            https://i.imgur.com/aB3dE5gh.gif                       | SingleImage[id=aB3dE5g, extension=gif, thumbnail=HUGE]
            https://i.imgur.com/aB3dEs.jpg                         | SingleImage[id=aB3dE, extension=jpg, thumbnail=SMALL_SQUARE]
            https://i.imgur.com/aB3dE5h.jpg                        | SingleImage[id=aB3dE5h, extension=jpg, thumbnail=null]
            https://i.imgur.com/aB3dh.jpg                          | SingleImage[id=aB3dh, extension=jpg, thumbnail=null]
            https://i.imgur.com/aB3dE5.jpg                         | SingleImage[id=aB3dE5, extension=jpg, thumbnail=null]
            https://i.imgur.com/removed.png                        | RemovedImage[]
            https://imgur.com/delete/d3l3t3H4sh00001               | Deletion[***]
            # albums
            https://imgur.com/a/Zy9xW                              | Album[id=Zy9xW]
            https://imgur.com/a/Zy9xW12/                           | Album[id=Zy9xW12]
            https://imgur.com/a/a-walk-in-the-woods-Zy9xW12        | Album[id=Zy9xW12]
            https://imgur.com/a/Zy9xW/all                          | Album[id=Zy9xW]
            https://imgur.com/a/Zy9xW/layout/grid                  | Album[id=Zy9xW]
            https://imgur.com/a/Zy9xW/embed?pub=true               | Album[id=Zy9xW]
            https://imgur.com/a/Zy9xW#3                            | Album[id=Zy9xW]
            https://imgur.com/a/Zy9xW#aB3dE5g                      | Album[id=Zy9xW]
            https://imgur.com/album/Zy9xW                          | Album[id=Zy9xW]
            https://i.imgur.com/a/Zy9xW                            | Album[id=Zy9xW]
            https://someone.imgur.com/a/Zy9xW                      | Album[id=Zy9xW]
            # entries of the gallery
            https://imgur.com/gallery/Zy9xW12                      | GalleryEntry[id=Zy9xW12]
            https://imgur.com/gallery/a-walk-in-the-woods-Zy9xW12  | GalleryEntry[id=Zy9xW12]
            https://imgur.com/gallery/caf%C3%A9-%E2%98%95-Zy9xW12  | GalleryEntry[id=Zy9xW12]
            https://imgur.com/gallery/Zy9xW12/comment/1938633683   | GalleryEntry[id=Zy9xW12]
            https://imgur.com/gallery/Zy9xW/new                    | GalleryEntry[id=Zy9xW]
            https://imgur.com/t/cats/Zy9xW12                       | GalleryEntry[id=Zy9xW12]
            https://imgur.com/t/cats/a-cat-Zy9xW12                 | GalleryEntry[id=Zy9xW12]
            https://imgur.com/topic/Funny/Zy9xW                    | GalleryEntry[id=Zy9xW]
            https://imgur.com/r/EarthPorn/aB3dE5g                  | SubredditEntry[subreddit=EarthPorn, id=aB3dE5g]
            https://m.imgur.com/r/EarthPorn/aB3dE5g                | SubredditEntry[subreddit=EarthPorn, id=aB3dE5g]
            # lists
            https://imgur.com/                                     | GalleryList[section=HOT, sort=VIRAL, window=DAY]
            https://imgur.com                                      | GalleryList[section=HOT, sort=VIRAL, window=DAY]
            https://imgur.com/gallery                              | GalleryList[section=HOT, sort=VIRAL, window=DAY]
            https://imgur.com/hot/time                             | GalleryList[section=HOT, sort=TIME, window=DAY]
            https://imgur.com/gallery/hot/viral/week               | GalleryList[section=HOT, sort=VIRAL, window=WEEK]
            https://imgur.com/top/week                             | GalleryList[section=TOP, sort=VIRAL, window=WEEK]
            https://imgur.com/gallery/top/top/all                  | GalleryList[section=TOP, sort=TOP, window=ALL]
            https://imgur.com/new                                  | GalleryList[section=USER, sort=TIME, window=DAY]
            https://imgur.com/new/viral                            | GalleryList[section=USER, sort=VIRAL, window=DAY]
            https://imgur.com/rising                               | GalleryList[section=USER, sort=RISING, window=DAY]
            https://imgur.com/hot/rising                           | GalleryList[section=HOT, sort=VIRAL, window=DAY]
            https://imgur.com/gallery/user/rising                  | GalleryList[section=USER, sort=RISING, window=DAY]
            https://imgur.com/random                               | RandomList[]
            https://imgur.com/gallery/random                       | RandomList[]
            https://imgur.com/r/EarthPorn                          | SubredditList[subreddit=EarthPorn, sort=TIME, window=DAY]
            https://imgur.com/r/EarthPorn/new                      | SubredditList[subreddit=EarthPorn, sort=TIME, window=DAY]
            https://imgur.com/r/EarthPorn/top/month                | SubredditList[subreddit=EarthPorn, sort=TOP, window=MONTH]
            https://imgur.com/gallery/r/EarthPorn/top/year         | SubredditList[subreddit=EarthPorn, sort=TOP, window=YEAR]
            https://imgur.com/t/cats                               | TagList[tag=cats, sort=VIRAL, window=DAY]
            https://imgur.com/t/cats/viral                         | TagList[tag=cats, sort=VIRAL, window=DAY]
            https://imgur.com/t/cats/top/all                       | TagList[tag=cats, sort=TOP, window=ALL]
            https://imgur.com/t/cats/newest                        | TagList[tag=cats, sort=TIME, window=DAY]
            https://imgur.com/user/someone                         | UserPage[username=someone, part=POSTS]
            https://imgur.com/user/someone/posts                   | UserPage[username=someone, part=POSTS]
            https://imgur.com/user/someone/submitted/newest        | UserPage[username=someone, part=POSTS]
            https://imgur.com/user/someone/favorites               | UserPage[username=someone, part=FAVORITES]
            https://imgur.com/user/someone/favorites/folder/12/x   | UserPage[username=someone, part=FAVORITES]
            https://imgur.com/user/someone/comments                | UserPage[username=someone, part=COMMENTS]
            https://imgur.com/user/someone/about                   | UserPage[username=someone, part=ABOUT]
            https://someone.imgur.com/                             | UserPage[username=someone, part=POSTS]
            https://someone.imgur.com/all                          | UserPage[username=someone, part=POSTS]
            https://imgur.com/search?q=cats+AND+dogs               | SearchList[search=GallerySearch{q=cats AND dogs}, sort=VIRAL, window=ALL]
            https://imgur.com/search/score/week?q=cats             | SearchList[search=GallerySearch{q=cats}, sort=TOP, window=WEEK]
            https://imgur.com/search/time?q_all=cats&q_type=png    | SearchList[search=GallerySearch{q_all=cats, q_type=png}, sort=TIME, window=ALL]
            https://imgur.com/gallery?q=caf%C3%A9                  | SearchList[search=GallerySearch{q=café}, sort=VIRAL, window=ALL]
            """)
    void isReadAs(String url, String what) {
        assertThat(ImgurUrl.parse(url)).hasToString(what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://example.com/aB3dE5g.jpg",
        "https://notimgur.com/aB3dE5g",
        "https://imgur.com.example.com/aB3dE5g",
        "https://i.stack.imgur.com/aB3dE5g.png",
        "https://api.imgur.com/3/image/aB3dE5g",
        "https://help.imgur.com/hc/en-us",
        "https://imgur.com/upload",
        "https://imgur.com/signin",
        "https://imgur.com/privacy",
        "https://imgur.com/abc",
        "https://imgur.com/a",
        "https://imgur.com/t",
        "https://imgur.com/r",
        "https://imgur.com/user",
        "https://imgur.com/search",
        "https://imgur.com/gallery/abc",
        "https://imgur.com/r/EarthPorn/abc",
        "https://imgur.com/user/someone/settings",
        "ftp://imgur.com/aB3dE5g",
        "https://imgur.com/a b",
        "not an address",
        "https://",
        "''"
    })
    void whatNamesNothingIsOther(String url) {
        assertThat(ImgurUrl.parse(url)).isEqualTo(new ImgurUrl.Other(url));
    }

    @Test
    void noTextMakesItThrow() {
        Random random = new Random(7);
        String alphabet = "imgur.com/aB3?#&=%-,:@[]{} \u00e9\u2615\n\0";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "https://imgur.com/" : "");
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(ImgurUrl.parse(text.toString())).isNotNull();
        }
    }

    static Stream<Arguments> thumbnails() {
        return Stream.of(
                Arguments.of(
                        ThumbnailSize.MEDIUM, "https://i.imgur.com/aB3dE5g.jpg", "https://i.imgur.com/aB3dE5gm.jpg"),
                Arguments.of(
                        ThumbnailSize.SMALL_SQUARE,
                        "https://i.imgur.com/aB3dE.png?1",
                        "https://i.imgur.com/aB3dEs.png"),
                Arguments.of(
                        ThumbnailSize.SMALL,
                        "https://i.imgur.com/aB3dE5g_d.webp?maxwidth=640",
                        "https://i.imgur.com/aB3dE5gt.webp"),
                Arguments.of(
                        ThumbnailSize.LARGE, "https://i.imgur.com/aB3dE5g.mp4", "https://i.imgur.com/aB3dE5gl.jpg"),
                Arguments.of(
                        ThumbnailSize.LARGE, "https://i.imgur.com/aB3dE5gh.gif", "https://i.imgur.com/aB3dE5gl.gif"));
    }

    @ParameterizedTest
    @MethodSource("thumbnails")
    void aSizeComesBehindTheId(ThumbnailSize size, URI link, URI thumbnail) {
        assertThat(size.of(link)).contains(thumbnail);
    }

    @Test
    void otherFilesHaveNoThumbnails() {
        assertThat(ThumbnailSize.SMALL.of(URI.create("https://imgur.com/a/Zy9xW")))
                .isEmpty();
        assertThat(ThumbnailSize.SMALL.of(URI.create("https://example.com/aB3dE5g.jpg")))
                .isEmpty();
        assertThat(ThumbnailSize.SMALL.of(URI.create("mailto:a@b"))).isEmpty();
        assertThat(ThumbnailSize.BIG_SQUARE.square()).isTrue();
        assertThat(ThumbnailSize.HUGE.pixels()).isEqualTo(1024);
    }
}
