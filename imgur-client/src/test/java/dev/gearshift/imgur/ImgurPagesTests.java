package dev.gearshift.imgur;

import static dev.gearshift.imgur.Answers.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.imgur.model.Album;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ImgurPagesTests {
    private final MockWebServer server = new MockWebServer();
    private final RecordingPauses pauses = new RecordingPauses();
    private ImgurClient imgur;
    private ImgurPages<GalleryItem> hot;

    @BeforeEach
    void start() throws Exception {
        server.start();
        imgur = ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .apiUri(server.url("/3/").uri())
                .pauses(pauses)
                .build();
        hot = imgur.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY);
    }

    @AfterEach
    void stop() {
        imgur.close();
        server.close();
    }

    /** Answers with the items whose ids are the numbers of a page. */
    private void serve(IntFunction<IntStream> pages) {
        server.setDispatcher(each(request -> {
            String target = request.getTarget();
            int page = Integer.parseInt(target.substring(target.lastIndexOf('/') + 1));
            return items(pages.apply(page));
        }));
    }

    private static MockResponse items(IntStream ids) {
        return new MockResponse.Builder()
                .body(ids.mapToObj(id -> "{\"id\":\"item" + id + "\",\"is_album\":false}")
                        .collect(Collectors.joining(",", "{\"data\":[", "],\"success\":true,\"status\":200}")))
                .build();
    }

    private static IntStream three(int page, int pages) {
        return page < pages ? IntStream.range(3 * page, 3 * page + 3) : IntStream.empty();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(id -> "item" + id).toList();
    }

    @Test
    void pagesAreFetchedWhenTheyAreNeededUntilOneIsEmpty() {
        serve(page -> three(page, 3));

        List<String> ids = new ArrayList<>();
        for (GalleryItem item : hot) {
            ids.add(item.id());
            assertThat(server.getRequestCount()).isEqualTo((ids.size() + 2) / 3);
        }

        assertThat(ids).isEqualTo(ids(0, 9));
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void aStreamReadsNoFurtherThanItMust() {
        serve(page -> three(page, Integer.MAX_VALUE));

        assertThat(hot.stream().limit(4).map(GalleryItem::id)).isEqualTo(ids(0, 4));

        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void nothingIsSentBeforeTheFirstItemIsAskedFor() {
        Iterator<GalleryItem> items = hot.iterator();
        Stream<String> ids = hot.stream().map(GalleryItem::id);

        assertThat(server.getRequestCount()).isZero();
        assertThat(items).isNotNull();
        ids.close();
    }

    @Test
    void anItemThatShiftsToTheNextPageComesOnce() {
        // Two new items came in at the top between the first page and the second.
        serve(page -> switch (page) {
            case 0 -> IntStream.of(0, 1, 2);
            case 1 -> IntStream.of(1, 2, 3);
            case 2 -> IntStream.of(4, 5);
            default -> IntStream.empty();
        });

        assertThat(hot.stream().map(GalleryItem::id)).isEqualTo(ids(0, 6));
    }

    @Test
    void aListThatIsTheSameOnEveryPageEnds() {
        serve(page -> IntStream.of(0, 1));

        assertThat(hot.stream()).hasSize(2);

        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void theMemoryOfItemsIsBounded() {
        PageWalk<Integer> walk = new PageWalk<>(0, id -> id);
        for (int i = 0; i < 3 * PageWalk.REMEMBERED; i++) {
            walk.news(List.of(i));
        }

        assertThat(walk.news(List.of(3 * PageWalk.REMEMBERED - 1))).isEmpty();
        assertThat(walk.news(List.of(0))).as("long forgotten").isNotEmpty();
        assertThat(walk.remembered()).isEqualTo(PageWalk.REMEMBERED);
    }

    @Test
    void aPageThatFailsIsAskedForAgainWhenTheIteratorIs() {
        server.enqueue(items(IntStream.of(0)));
        server.enqueue(new MockResponse.Builder().code(404).build());
        server.enqueue(items(IntStream.of(1)));
        server.enqueue(items(IntStream.empty()));
        Iterator<GalleryItem> items = hot.iterator();
        items.next();

        assertThatThrownBy(items::hasNext).isInstanceOf(ImgurException.NotFound.class);

        assertThat(items.next().id()).isEqualTo("item1");
        assertThatThrownBy(items::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void theFirstPageAndTheSizeCanBeChosen() throws Exception {
        server.enqueue(items(IntStream.empty()));

        assertThat(imgur.accounts().albums("me").withPerPage(25).startingAt(7).stream())
                .isEmpty();

        assertThat(server.takeRequest().getTarget()).isEqualTo("/3/account/me/albums/7?perPage=25");
        assertThatThrownBy(() -> hot.startingAt(-1)).hasMessage("Pages count from 0; this is -1");
        assertThatThrownBy(() -> hot.page(-1)).hasMessage("Pages count from 0; this is -1");
        assertThat(hot).hasToString("ImgurPages[GET /3/gallery/{section}/{sort}/{window}/{page}]");
        assertThat(hot.costPerPage()).isEqualTo(1);
    }

    @Test
    void walkingWithoutAThreadBringsAll() throws Exception {
        serve(page -> three(page, 40));
        List<String> ids = new ArrayList<>();

        hot.forEachAsync(item -> ids.add(item.id())).get(30, TimeUnit.SECONDS);

        assertThat(ids).isEqualTo(ids(0, 120));
    }

    @Test
    void whatTheActionThrowsEndsTheWalk() {
        serve(page -> three(page, 40));

        CompletableFuture<Void> walk = hot.forEachAsync(item -> {
            throw new IllegalStateException("enough");
        });

        assertThatThrownBy(() -> walk.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("enough");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aPageThatFailsEndsTheAsynchronousWalk() {
        server.enqueue(new MockResponse.Builder().code(404).build());

        assertThatThrownBy(() -> hot.forEachAsync(item -> {}).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ImgurException.NotFound.class);
    }

    @Test
    void cancellingAWalkEndsThePageUnderWay() throws Exception {
        List<ImgurEvent> events = new CopyOnWriteArrayList<>();
        try (EndlessServer endless = new EndlessServer(1, "");
                ImgurClient other = ImgurClient.builder()
                        .clientId("s3cr3tCl13nt1d")
                        .apiUri(endless.uri())
                        .listener(events::add)
                        .build()) {
            CompletableFuture<Void> walk = other.gallery().random().forEachAsync(item -> {});
            assertThat(endless.wasAsked()).isTrue();

            assertThat(walk.cancel(true)).isTrue();

            assertThat(endless.sawTheClientGo()).isTrue();
        }
        assertThat(events).singleElement().isInstanceOf(ImgurEvent.Sent.class);
    }

    @Test
    void theImagesOfAnAlbumAreCompletedOnlyIfSomeAreMissing() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body(
                        "{\"data\":[{\"id\":\"whole01\",\"is_album\":true,\"images_count\":1,"
                                + "\"images\":[{\"id\":\"only001\"}]},"
                                + "{\"id\":\"parts01\",\"is_album\":true,\"images_count\":2,\"images\":[{\"id\":\"first01\"}]}]}")
                .build());
        server.enqueue(new MockResponse.Builder()
                .body("{\"data\":[{\"id\":\"first01\"},{\"id\":\"secnd02\"}],\"success\":true,\"status\":200}")
                .build());
        List<Album> albums = hot.page(0).send().stream()
                .map(item -> ((GalleryAlbum) item).album())
                .toList();

        assertThat(imgur.albums().complete(albums.get(0))).extracting(Image::id).containsExactly("only001");
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(imgur.albums().completeAsync(albums.get(1)).get(30, TimeUnit.SECONDS))
                .extracting(Image::id)
                .containsExactly("first01", "secnd02");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    /** Imgur sends all images of an album at once, however many; a gallery shows the first three. */
    @Test
    void anAlbumOfThousandsIsWhole() {
        String images = IntStream.range(0, 5_000)
                .mapToObj(i -> String.format(Locale.ROOT, "{\"id\":\"im%05d\",\"size\":%d}", i, i))
                .collect(Collectors.joining(","));
        server.enqueue(new MockResponse.Builder()
                .body("{\"data\":[{\"id\":\"large01\",\"is_album\":true,\"images_count\":5000,"
                        + "\"images\":[{\"id\":\"im00000\"}]}]}")
                .build());
        server.enqueue(new MockResponse.Builder()
                .body("{\"data\":[" + images + "],\"success\":true,\"status\":200}")
                .build());

        Album album = ((GalleryAlbum) hot.page(0).send().get(0)).album();

        assertThat(imgur.albums().complete(album))
                .hasSize(5_000)
                .extracting(Image::id)
                .startsWith("im00000", "im00001")
                .endsWith("im04999");
    }
}
