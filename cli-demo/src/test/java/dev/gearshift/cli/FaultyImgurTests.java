package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.AlbumDetails;
import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurRequest;
import dev.gearshift.imgur.ImgurTokens;
import dev.gearshift.imgur.Section;
import dev.gearshift.imgur.Sort;
import dev.gearshift.imgur.Window;
import dev.gearshift.imgur.model.GalleryAlbum;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 2,000 images and 50 albums against an Imgur where one request in twenty goes wrong, in all ways there are, and that
 * gives 500 credits: lists and albums are walked completely, by the client's own pages and its own retries; of the images
 * as many come as the credits are enough for; the rest is refused before it is sent, one by one; and never is a call sent
 * for which there are no credits.
 */
@Timeout(180)
@Tag("system")
final class FaultyImgurTests {
    private static final int IMAGES = 2000;
    private static final int ALBUMS = 50;
    private static final int CREDITS = 500;

    /** Each comes once, as no token that is new is renewed. */
    private static final List<Fault> EXPIRED = List.of(Fault.TOKEN_EXPIRED, Fault.TOKEN_EXPIRED_429);

    private static final Fault[] OFTEN =
            Stream.of(Fault.values()).filter(fault -> !EXPIRED.contains(fault)).toArray(Fault[]::new);

    /** All but the 400, which says that the request is wrong: no client would send that again. */
    private static final Fault[] PASSING =
            Stream.of(OFTEN).filter(fault -> fault != Fault.ERROR_OBJECT).toArray(Fault[]::new);

    /** Nothing goes wrong there, and it has the same images: what the others are compared with. */
    private static ImgurSimulator truth;

    private static final Map<String, List<String>> IMAGES_OF_ALBUMS = new LinkedHashMap<>();

    @BeforeAll
    static void askForTheTruth() {
        truth = ImgurSimulator.start(settings());
        try (ImgurClient client = client(truth).build()) {
            client.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY).stream()
                    .filter(GalleryAlbum.class::isInstance)
                    .limit(ALBUMS)
                    .forEach(album -> IMAGES_OF_ALBUMS.put(
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

    private static ImgurClient.Builder client(ImgurSimulator imgur) {
        return ImgurClient.builder()
                .clientId("test")
                .apiUri(imgur.apiUri())
                .requestTimeout(Duration.ofSeconds(2))
                .maxAttempts(6);
    }

    /** Every other one for a user, whose token is good so far. */
    private static ImgurClient client(ImgurSimulator imgur, long seed) {
        if (!isForAUser(seed)) {
            return client(imgur).build();
        }
        String refreshToken = ImgurSimulator.refreshToken("alice");
        ImgurClient.Builder builder = client(imgur).clientSecret("secret");
        try (ImgurClient signsIn =
                builder.tokens(ImgurTokens.of("none", refreshToken)).build()) {
            ImgurTokens good = signsIn.oauth().refresh().send();
            return builder.tokens(ImgurTokens.of(good.accessToken(), refreshToken))
                    .build();
        }
    }

    private static boolean isForAUser(long seed) {
        return seed % 2 == 0;
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

    /** Reads tell nothing of the limit of posts; the first post does. */
    @Test
    void noPostIsSentBeyondTheirLimit() {
        int most = 5;
        try (ImgurSimulator imgur = ImgurSimulator.start(settings()
                        .withLatency(Duration.ofMillis(20))
                        .withCredits(CreditLimits.imgur().withPosts(most)));
                ImgurClient client = client(imgur, 2)) {
            client.credits().send();
            List<CompletableFuture<?>> posts = new ArrayList<>();
            for (int i = 0; i < ManyAtOnce.AT_ONCE; i++) {
                posts.add(client.albums().create(AlbumDetails.empty()).sendAsync());
            }
            int made = 0;
            for (CompletableFuture<?> post : posts) {
                Throwable failure = post.handle((album, thrown) -> thrown).join();
                made += failure == null ? 1 : 0;
                assertThat(failure)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                refused -> assertThat(refused).isInstanceOf(ImgurException.CreditsUsedUp.class));
            }

            assertThat(made).isEqualTo(most);
            assertThat(imgur.stats().overBudget()).isZero();
        }
    }

    private static void walk(long seed, Supplier<ManyAtOnce> how) {
        try (ImgurSimulator imgur = ImgurSimulator.start(settings()
                        .withLatency(Duration.ofMillis(20))
                        .withCredits(CreditLimits.imgur().withUser(CREDITS).withAccount(CREDITS)));
                ImgurClient client = client(imgur, seed);
                ManyAtOnce calls = how.get()) {
            Faults first = faults(seed, PASSING);
            imgur.play(isForAUser(seed) ? first.next(1, EXPIRED.get((int) (seed / 2 % 2))) : first);
            Walk walk = new Walk(client, calls);
            walk.listAndOpenAlbums();

            assertThat(walk.failed).isEmpty();
            assertThat(walk.listed)
                    .containsAll(truth.images().stream().map(ServedImage::id).toList());
            assertThat(walk.images).isEqualTo(IMAGES_OF_ALBUMS);
            assertThat(imgur.stats().credits()).isLessThan(CREDITS);

            imgur.play(faults(seed, OFTEN));
            walk.askForEachImage(truth.images().stream().map(ServedImage::id).toList());

            SimulatorStats stats = imgur.stats();
            assertThat(stats.overBudget()).as("calls beyond the credits").isZero();
            assertThat(stats.credits()).isBetween(CREDITS - 20L, (long) CREDITS);
            assertThat(stats.faults().keySet())
                    .as("different things that went wrong")
                    .hasSizeGreaterThan(8)
                    .satisfies(kinds -> assertThat(kinds.stream().anyMatch(EXPIRED::contains))
                            .as("tokens expired")
                            .isEqualTo(isForAUser(seed)));
            assertThat(stats.peakInFlight())
                    .isGreaterThan(ManyAtOnce.AT_ONCE / 2)
                    .isLessThanOrEqualTo(40);
            assertThat(walk.seen.size() + walk.failed.size()).isEqualTo(IMAGES);
            assertIsClear(walk.failed.values(), stats.faults().getOrDefault(Fault.ERROR_OBJECT, 0L));
        }
    }

    private static Faults faults(long seed, Fault... kinds) {
        return Faults.seed(seed).rate(0.05, kinds).withSlowness(Duration.ofMillis(300));
    }

    /** For all but a few there are no credits until their hour is over; the others say what else went wrong. */
    private static void assertIsClear(Collection<Throwable> failures, long errors) {
        List<Throwable> others = new ArrayList<>();
        long wrong = 0;
        for (Throwable failure : failures) {
            if (failure instanceof ImgurException.CreditsUsedUp none) {
                assertThat(none.retryAfter()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
                assertThat(none.status()).isZero();
            } else if (failure instanceof ImgurException.BadRequest) {
                wrong++;
            } else {
                others.add(failure);
            }
        }
        assertThat(wrong).as("calls that Imgur calls wrong").isLessThanOrEqualTo(errors);
        assertThat(others)
                .as("what was to be tried again when the credits ended")
                .hasSizeLessThanOrEqualTo(ManyAtOnce.AT_ONCE)
                .allMatch(ImgurException.class::isInstance);
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
            calls.walk(client.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY), item -> {
                listed.add(item.id());
                if (item instanceof GalleryAlbum album && opened.size() < ALBUMS) {
                    opened.computeIfAbsent(
                            album.id(), id -> calls.send(client.albums().images(id)));
                }
            });
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
