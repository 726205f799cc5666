package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SimulatorProcessTests {

    private static final SimulatorSettings SMALL =
            SimulatorSettings.defaults().withImages(5).withImageBytes(1024);

    @Test
    void servesFromAJvmOfItsOwn() throws Exception {
        List<Integer> prepared = new ArrayList<>();
        ProcessHandle child;
        SimulatorSettings settings = SMALL.withFaults(Faults.seed(7).next(1, "/3/credits", Fault.OVER_CAPACITY))
                .withCredits(CreditLimits.of(3));
        try (SimulatorProcess imgur = SimulatorProcess.start(settings, prepared::add)) {
            child = ProcessHandle.of(imgur.pid()).orElseThrow();
            assertThat(prepared).containsExactly(1, 2, 3, 4, 5);
            Client client = new Client(imgur.baseUri());
            for (ServedImage image : imgur.images()) {
                assertThat(Sha256.hex(client.get(image.link().getPath()).body()))
                        .isEqualTo(image.sha256());
            }
            assertThat(client.api(imgur.apiUri() + "credits").statusCode()).isEqualTo(403);
            assertThat(client.data("/3/credits").get("UserLimit").asInt()).isEqualTo(3);
            assertThat(imgur.stats().faults()).isEqualTo(Map.of(Fault.OVER_CAPACITY, 1L));
            imgur.play(Faults.none().next(1, Fault.EMPTY_BODY));
            assertThat(client.api("/3/credits").statusCode()).isEqualTo(500);
            String bearer = client.bearer("alice");
            assertThat(client.api("/3/credits", bearer).statusCode()).isEqualTo(200);
            imgur.expireTokens();
            assertThat(client.api("/3/credits", bearer).statusCode()).isEqualTo(401);
            assertThat(imgur.stats().imagesSent()).isEqualTo(5);
            imgur.resetStats();
            assertThat(imgur.stats()).isEqualTo(new SimulatorStats(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, Map.of()));
            long start = System.nanoTime();
            imgur.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(child.isAlive()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("imgur-simulator"));
    }

    @Test
    void aChildThatCannotServeSaysWhy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SimulatorProcess.start(SMALL.withPort(taken.getLocalPort())))
                    .withMessageStartingWith(
                            "The simulator's process ended before it served (exit code 1). It said: Port "
                                    + taken.getLocalPort() + " on 127.0.0.1 cannot be used");
        }
    }

    @Test
    void aVanishedParentLeavesNoChild() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        VanishingParent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] said = parent.inputReader().readLine().split(" ");
        assertThat(parent.waitFor()).isEqualTo(9);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (answers(URI.create(said[1])) || runs(Long.parseLong(said[0]))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    /** A process that has ended but that nobody has waited for still has its id, but no command any more. */
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).flatMap(child -> child.info().command()).isPresent();
    }

    private static boolean answers(URI uri) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
            return socket.isConnected();
        } catch (SocketException e) {
            return false;
        }
    }
}
