package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** A server of one's own starts, keeps its password to itself, and leaves nothing; one that cannot start says why. */
@Timeout(60)
class PrivateRedisTests {
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void leavesNothingBehind(String server) {
        PrivateRedis redis = PrivateRedis.startFrom(server);
        ProcessHandle process = ProcessHandle.of(redis.pid()).orElseThrow();
        Path folder = redis.folder();
        assertThat(folder).isDirectory();
        assertThat(process.info().commandLine().orElse("")).doesNotContain(password(redis));
        redis.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(folder).doesNotExist();
    }

    private static String password(PrivateRedis redis) {
        return redis.uri().replaceFirst(".*://:(.*)@.*", "$1");
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void asksForItsPassword(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            String uri = "redis://127.0.0.1:" + redis.port();
            assertThatThrownBy(() -> RedisQueue.open(RedisSettings.defaults().withUri(uri)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Redis at " + uri + " refuses: NOAUTH ");
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void keepsWhatItShouldWhenItIsKilled(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server, "--appendonly", "yes", "--appendfsync", "always")) {
            Redises.tell(redis, Command.SET, "key", "value");
            long before = redis.pid();
            redis.kill();
            redis.restart();
            assertThat(redis.pid()).isNotEqualTo(before);
            assertThat(Entry.text(Redises.tell(redis, Command.GET, "key"))).isEqualTo("value");
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void takesAnotherPortWhereSomebodyElseIsMeanwhile(String server) {
        try (PrivateRedis first = PrivateRedis.startFrom(server)) {
            List<Integer> free = List.of(first.port(), PrivateRedis.freePort());
            Iterator<Integer> ports = free.iterator();
            try (PrivateRedis second = PrivateRedis.startFrom(server, ports::next)) {
                assertThat(second.port()).isEqualTo(free.get(1));
                assertThat(Entry.text(Redises.tell(second, Command.PING))).isEqualTo("PONG");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void keepsItsPortWhileItIsDown(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port());
            redis.kill();
            redis.kill(); // Which changes nothing.
            try (Socket caller = new Socket()) {
                assertThatThrownBy(() -> caller.connect(address, 10_000)).isInstanceOf(ConnectException.class);
            }
            try (ServerSocket other = new ServerSocket()) {
                other.setReuseAddress(false);
                assertThatThrownBy(() -> other.bind(address)).isInstanceOf(BindException.class);
            }
            redis.restart();
            assertThat(Entry.text(Redises.tell(redis, Command.PING))).isEqualTo("PONG");
        }
    }

    @Test
    void givesNoPortTwice() {
        assertThat(Stream.generate(PrivateRedis::freePort).limit(1_000)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void saysWhyItDoesNotStart(String server) throws Exception {
        List<Path> before = folders();
        assertThatThrownBy(() -> PrivateRedis.startFrom(server, "--no-such-option", "yes"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("redis-server does not start. It says: ")
                .hasMessageContaining("no-such-option");
        assertThat(folders()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void saysWhyItDoesNotStartOnAnotherPortEither(String server, @TempDir Path folder) throws Exception {
        Path included = Files.createFile(folder.resolve("included.conf"));
        List<Integer> tried = new ArrayList<>();
        try (PrivateRedis first = PrivateRedis.startFrom(server)) {
            IntSupplier ports = () -> {
                tried.add(tried.isEmpty() ? first.port() : PrivateRedis.freePort());
                if (tried.size() == 2) {
                    write(included, "no-such-option yes");
                }
                return tried.get(tried.size() - 1);
            };
            assertThatThrownBy(() -> PrivateRedis.startFrom(server, ports, "--include", included.toString()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no-such-option")
                    .hasMessageNotContaining("in use"); // what it said before
        }
        assertThat(tried).hasSize(2);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysThatThereIsNone(@TempDir Path folder) {
        Path missing = folder.resolve("redis-server");
        assertThatThrownBy(() -> PrivateRedis.startFrom(missing.toString())).hasMessageContaining(missing.toString());
    }

    private static List<Path> folders() throws Exception {
        String prefix = "gearshift-redis-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void oneThatWouldThrowTasksAwayIsRefused(String server) {
        try (PrivateRedis redis =
                PrivateRedis.startFrom(server, "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")) {
            assertThatThrownBy(() -> RedisQueue.open(RedisSettings.defaults().withUri(redis.uri())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Redis at redis://127.0.0.1:" + redis.port() + " would throw tasks away when its memory is"
                                    + " full (maxmemory-policy is allkeys-lru): set it to noeviction.");
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void oneThatWouldThrowResultsAwayIsWarnedOf(String server) {
        try (Heard heard = new Heard();
                PrivateRedis redis =
                        PrivateRedis.startFrom(server, "--maxmemory", "100mb", "--maxmemory-policy", "volatile-lru")) {
            RedisQueue.open(RedisSettings.defaults().withUri(redis.uri())).close();
            assertThat(heard.toString())
                    .contains("Redis at redis://127.0.0.1:" + redis.port() + " throws results away when its memory is"
                            + " full (maxmemory-policy is volatile-lru): better set it to noeviction.");
        }
    }
}
