package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code rediss://}: encrypted, and only with a server that is who it says it is. */
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
@Tag("system")
class TlsTests {
    private static final String PASSWORD = "of the store";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void tasksRunThroughATrustedConnectionAndNoOther(String server) throws Exception {
        Path good = certificate("good", "dns:localhost,ip:127.0.0.1");
        Path bad = certificate("bad", "dns:elsewhere.example");
        assertThat(run(server, good, good)).isEqualTo("42");
        assertThat(run(server, good, bad))
                .startsWith("Redis at rediss://localhost:")
                .contains("unable to find valid certification path to requested target");
        assertThat(run(server, bad, bad))
                .startsWith("Redis at rediss://localhost:")
                .contains("No subject alternative DNS name matching localhost found");
    }

    /** What a program says that trusts one certificate, with a server that has another. */
    private String run(String server, Path own, Path trusted) throws Exception {
        int port = PrivateRedis.freePort();
        List<String> options = List.of(
                "--tls-port",
                String.valueOf(port),
                "--tls-cert-file",
                own + ".crt",
                "--tls-key-file",
                own + ".key",
                "--tls-auth-clients",
                "no",
                "--tls-ca-cert-file",
                own + ".crt");
        try (PrivateRedis redis = PrivateRedis.startFrom(server, options.toArray(String[]::new))) {
            String uri = redis.uri().replace("redis://", "rediss://").replaceFirst("@.*", "@localhost:" + port);
            Process program = Programs.start(
                    List.of(
                            "-Djavax.net.ssl.trustStore=" + trusted,
                            "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                            "-Dgearshift.redis.uri=" + uri),
                    Program.class);
            try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
                return out.readLine();
            } finally {
                assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** A store with a key and its certificate, and both as Redis wants them beside it. */
    private Path certificate(String name, String names) throws Exception {
        Path store = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of("-genkeypair", "-alias", "redis", "-keyalg", "EC", "-dname", "CN=" + name));
        command.addAll(List.of("-ext", "SAN=" + names, "-validity", "2", "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(store + ".crt", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        pem(
                store + ".key",
                "PRIVATE KEY",
                keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        return trusting(store, keys);
    }

    /** With the certificate as one that is trusted. */
    private static Path trusting(Path store, KeyStore keys) throws Exception {
        keys.setCertificateEntry("trusted", keys.getCertificate("redis"));
        try (var out = Files.newOutputStream(store)) {
            keys.store(out, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void pem(String file, String what, byte[] bytes) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(Path.of(file), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    /** Runs a task, and says its result, or what is wrong. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            RedisSettings settings = RedisSettings.defaults();
            try (RedisWorker worker = Redises.worker(settings, 2);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                System.out.println(executor.submit(new Doubled(21)).get(30, TimeUnit.SECONDS));
                if (worker.info().parallelism() < 1) {
                    System.out.println("never");
                }
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
