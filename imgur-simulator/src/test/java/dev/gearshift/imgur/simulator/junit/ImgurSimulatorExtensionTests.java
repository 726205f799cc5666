package dev.gearshift.imgur.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs classes as users write them. */
@Timeout(30)
final class ImgurSimulatorExtensionTests {

    private static final List<ImgurSimulator> GIVEN = new CopyOnWriteArrayList<>();

    private static volatile boolean failureWanted;

    @BeforeEach
    void forget() {
        failureWanted = false;
        GIVEN.clear();
    }

    @Test
    void eachTestHasARunningOneOfItsOwnThatIsClosedAfterwards() {
        run(EachForItself.class).assertStatistics(stats -> stats.succeeded(3));
        assertThat(GIVEN)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allSatisfy(imgur -> assertThat(answers(imgur)).isFalse());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("imgur-simulator"));
    }

    @ImgurSimulation(images = 3, faults = "next 1 /3/credits over-capacity", credits = 7)
    static final class EachForItself {

        private final ImgurSimulator ofConstructor;

        EachForItself(ImgurSimulator imgur) {
            ofConstructor = imgur;
        }

        @BeforeEach
        void same(ImgurSimulator imgur) {
            assertThat(imgur).isSameAs(ofConstructor);
        }

        @Test
        void one(ImgurSimulator imgur) throws Exception {
            assertThat(imgur).isSameAs(ofConstructor);
            assertThat(imgur.images()).hasSize(3);
            assertThat(status(imgur, "/3/credits")).isEqualTo(403);
            assertThat(status(imgur, "/3/credits")).isEqualTo(200);
            assertThat(imgur.stats().faults()).containsEntry(Fault.OVER_CAPACITY, 1L);
            GIVEN.add(imgur);
        }

        @Test
        @ImgurSimulation(images = 4)
        void another(ImgurSimulator imgur) throws Exception {
            assertThat(imgur.images()).hasSize(4);
            assertThat(status(imgur, "/3/credits")).isEqualTo(200);
            GIVEN.add(imgur);
        }

        @Nested
        final class Inside {
            @Test
            void theSameSettings(ImgurSimulator imgur) {
                assertThat(imgur.images()).hasSize(3);
                GIVEN.add(imgur);
            }
        }
    }

    @Test
    void oneForAllIsAskedForBeforeAll() {
        run(OneForAll.class).assertStatistics(stats -> stats.succeeded(2));
        assertThat(GIVEN).hasSize(3);
        assertThat(GIVEN.stream().distinct()).hasSize(1);
        assertThat(answers(GIVEN.get(0))).isFalse();
    }

    static final class OneForAll {

        @RegisterExtension
        static final ImgurSimulatorExtension IMGUR = ImgurSimulatorExtension.with(
                SimulatorSettings.defaults().withImages(2).withImageBytes(600).withFaults(Faults.seed(3)));

        @BeforeAll
        static void first(ImgurSimulator imgur) {
            GIVEN.add(imgur);
        }

        @Test
        void one(ImgurSimulator imgur) {
            assertThat(imgur.images()).hasSize(2);
            GIVEN.add(imgur);
        }

        @Test
        void another(ImgurSimulator imgur) {
            assertThat(answers(imgur)).isTrue();
            GIVEN.add(imgur);
        }
    }

    @Test
    void withoutAnAnnotationItIsTheUsualOne() {
        run(Unannotated.class).assertStatistics(stats -> stats.succeeded(1));
    }

    @ExtendWith(ImgurSimulatorExtension.class)
    static final class Unannotated {
        @Test
        void usual(ImgurSimulator imgur) {
            assertThat(imgur.images()).hasSize(12);
        }
    }

    @Test
    void badSettingsFailTheTestInTheirOwnWords() {
        failureWanted = true;
        run(Wrong.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(message(
                                text -> text.contains("The fault script stops making sense at" + " 'now and then'."))));
    }

    @ImgurSimulation(faults = "now and then")
    static final class Wrong {

        /** Not for a build that runs nested classes by themselves. */
        static boolean isWanted() {
            return failureWanted;
        }

        @Test
        @EnabledIf("isWanted")
        void never(ImgurSimulator imgur) {}
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    private static int status(ImgurSimulator imgur, String path) throws Exception {
        URI uri = imgur.baseUri().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Client-ID x")
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static boolean answers(ImgurSimulator imgur) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), imgur.baseUri().getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
