package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurPages;
import dev.gearshift.imgur.ImgurRequest;
import dev.gearshift.imgur.Section;
import dev.gearshift.imgur.Sort;
import dev.gearshift.imgur.Window;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import dev.gearshift.imgur.simulator.CreditLimits;
import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.ServedImage;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import dev.gearshift.imgur.simulator.SimulatorStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 2,000 images and 50 albums against an Imgur where one request in twenty goes wrong, in all ways there are, and that
 * gives 500 credits: what the credits are enough for is there in the end; the rest is refused before it is sent, one by
 * one; and never is a call sent for which there are no credits.
 */
@Timeout(180)
final class FaultyImgurTests {
    private static final int IMAGES = 2000;
    private static final int ALBUMS = 50;
    private static final int CREDITS = 500;

    /** Nothing goes wrong there, and it has the same images. */
    private static ImgurSimulator truth;

    private static List<GalleryAlbum> albums;
    private static final Map<String, List<String>> IMAGES_OF_ALBUMS = new LinkedHashMap<>();

    @BeforeAll
    static void askForTheTruth() {
        truth = ImgurSimulator.start(settings());
        try (ImgurClient client = client(truth)) {
            albums = client.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY).stream()
                    .filter(GalleryAlbum.class::isInstance)
                    .map(GalleryAlbum.class::cast)
                    .limit(ALBUMS)
                    .toList();
            albums.forEach(album -> IMAGES_OF_ALBUMS.put(
                    album.id(), ids(client.albums().images(album.id()).send())));
        }
    }

    @AfterAll
    static void close() {
        truth.close();
    }

    private static SimulatorSettings settings() {
        return SimulatorSettings.defaults().withImages(IMAGES).withImageBytes(512);
    }

    private static ImgurClient client(ImgurSimulator imgur) {
        return ImgurClient.builder()
                .clientId("test")
                .apiUri(imgur.apiUri())
                .requestTimeout(Duration.ofSeconds(2))
                .build();
    }

    private static List<String> ids(List<Image> images) {
        return images.stream().map(Image::id).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void threadsWalkAllThatTheCreditsAreEnoughForAndNoFurther(long seed) {
        walk(seed, ManyAtOnce.ByThreads::new);
    }

    @ParameterizedTest
    @ValueSource(longs = 2)
    void futuresWalkAllThatTheCreditsAreEnoughForAndNoFurther(long seed) {
        walk(seed, ManyAtOnce.ByFutures::new);
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10})
    void soWithManySeeds(long seed) {
        walk(seed, ManyAtOnce.ByThreads::new);
        walk(seed, ManyAtOnce.ByFutures::new);
    }

    private static void walk(long seed, Supplier<ManyAtOnce> how) {
        Faults faults = Faults.seed(seed).rate(0.05, Fault.values()).withSlowness(Duration.ofMillis(300));
        try (ImgurSimulator imgur = ImgurSimulator.start(settings()
                        .withLatency(Duration.ofMillis(20))
                        .withCredits(CreditLimits.imgur().withUser(CREDITS))
                        .withFaults(faults));
                ImgurClient client = client(imgur);
                ManyAtOnce calls = how.get()) {
            Walk walk = new Walk(client, calls);
            walk.listAndOpenAlbums();

            assertThat(walk.failed).isEmpty();
            assertThat(walk.listed)
                    .containsAll(truth.images().stream().map(ServedImage::id).toList());
            assertThat(walk.images).isEqualTo(IMAGES_OF_ALBUMS);
            assertThat(imgur.stats().credits()).isLessThan(CREDITS);

            walk.askForEachImage(truth.images().stream().map(ServedImage::id).toList());

            SimulatorStats stats = imgur.stats();
            assertThat(stats.overBudget()).as("calls beyond the credits").isZero();
            assertThat(stats.credits()).isBetween(CREDITS - 20L, (long) CREDITS);
            assertThat(stats.faults().keySet())
                    .as("different things that went wrong")
                    .hasSizeGreaterThan(8);
            assertThat(stats.peakInFlight())
                    .isGreaterThan(ManyAtOnce.AT_ONCE / 2)
                    .isLessThanOrEqualTo(40);
            assertThat(walk.seen.size() + walk.failed.size()).isEqualTo(IMAGES);
            assertThat(walk.failed.values())
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOfSatisfying(ImgurException.CreditsUsedUp.class, none -> {
                                assertThat(none.retryAfter()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
                                assertThat(none.status()).isZero();
                            }));
        }
    }

    /** Asks for everything, and keeps an account of what came and what did not. */
    private static final class Walk {
        private final ImgurClient client;
        private final ManyAtOnce calls;
        private final Set<String> listed = new LinkedHashSet<>();
        private final Map<String, List<String>> images = new LinkedHashMap<>();
        private final Set<String> seen = new LinkedHashSet<>();
        private final Map<String, Throwable> failed = new LinkedHashMap<>();

        Walk(ImgurClient client, ManyAtOnce calls) {
            this.client = client;
            this.calls = calls;
        }

        /** The list goes on while albums of it are opened. */
        void listAndOpenAlbums() {
            Map<String, CompletableFuture<List<Image>>> opened = new LinkedHashMap<>();
            for (GalleryAlbum album : albums) {
                opened.put(album.id(), calls.send(client.albums().images(album.id())));
            }
            ImgurPages<GalleryItem> gallery = client.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY);
            List<GalleryItem> page;
            int number = 0;
            do {
                page = value("page " + number, calls.send(gallery.page(number)), List.of());
                page.forEach(item -> listed.add(item.id()));
                number++;
            } while (!page.isEmpty());
            opened.forEach((id, album) -> images.put(id, ids(value(id, album, List.of()))));
        }

        void askForEachImage(List<String> ids) {
            List<CompletableFuture<Image>> asked = new ArrayList<>();
            for (String id : ids) {
                ImgurRequest<Image> request = client.images().get(id);
                asked.add(calls.send(request));
            }
            for (int i = 0; i < asked.size(); i++) {
                String id = ids.get(i);
                Optional<Image> image = value(id, asked.get(i).thenApply(Optional::of), Optional.empty());
                image.ifPresent(came -> {
                    assertThat(came.id()).isEqualTo(id);
                    seen.add(id);
                });
            }
        }

        private <T> T value(String what, CompletableFuture<T> call, T otherwise) {
            try {
                return call.join();
            } catch (CompletionException e) {
                failed.put(what, e.getCause());
                return otherwise;
            }
        }
    }
}
