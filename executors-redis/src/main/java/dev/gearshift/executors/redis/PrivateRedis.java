package dev.gearshift.executors.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A real redis-server for a program of one's own, such as a demonstration or a test: on a free port of the loopback
 * interface, with a password that only this process knows, its files in a temporary folder. It ends with {@link #close},
 * and with this JVM.
 *
 * <p>The program is the one that {@code REDIS_SERVER_BIN} names, else {@code redis-server} on the PATH, else one from a
 * jar on the class path that brings it: {@code org.signal:embedded-redis} has 7.0 for Linux and macOS.
 */
public final class PrivateRedis implements AutoCloseable {
    /** What Java says of ETXTBSY, before 25 and from it on. */
    private static final Pattern BUSY = Pattern.compile("error(=|: )26\\b");

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 10;

    /** What it says of a port that is in use; the words depend on the C library it was built with. */
    private static final Pattern PORT_TAKEN = Pattern.compile("bind: Address (already )?in use");

    /** How many ports are tried that were free a moment before. */
    private static final int PORTS = 5;

    /** Its ports lie below those that most systems give to connections. */
    private static final int FIRST_PORT = 10_000;

    private static final int PORT_COUNT = 22_000;

    /** Processes whose numbers are close begin as far from each other. */
    private static final int PORTS_OF_A_PROCESS = 200;

    /** Each port is given once before any is given again: a server that is down does not lose its own to the next one. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * PORTS_OF_A_PROCESS % PORT_COUNT));

    /** By the names that system properties have for the system and the processor. */
    private static final List<String> IN_JARS =
            List.of("redis-server-7.0.15-%s-%s", "redis-server-6.2.6-v5-%s-%s", "redis-server-6.2.7-%s-%s");

    private final Path folder;
    private final Path program;
    private final List<String> options;
    private final String password;
    private final Thread hook = new Thread(this::stop, "gearshift-redis-stop");

    private int port;
    private Process process;

    /** Ends the server when this JVM is gone without a word. */
    private Process watch;

    /** Has the port while the server is down: the system gives it to nobody, and {@link #freePort} neither. */
    private @Nullable Socket placeholder;

    private PrivateRedis(Path folder, Path program, IntSupplier ports, List<String> options) throws IOException {
        this.folder = folder;
        this.program = program;
        this.options = options;
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
        this.process = startOnOneOf(ports);
        this.watch = watch(process);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts one.
     *
     * @throws IllegalStateException if there is no redis-server here, or it does not start; the message says what to do
     */
    public static PrivateRedis start(String... options) {
        return startFrom(null, options);
    }

    /**
     * Starts one.
     *
     * @param binary the name of a program in a jar on the class path, or the path of one; null for the first that there is
     * @param options of redis-server, such as {@code --appendonly yes}
     * @throws IllegalStateException if there is no redis-server here, or it does not start; the message says what to do
     */
    public static PrivateRedis startFrom(@Nullable String binary, String... options) {
        return startFrom(binary, PrivateRedis::freePort, options);
    }

    /** On the first of those ports that nobody else takes meanwhile. */
    static PrivateRedis startFrom(@Nullable String binary, IntSupplier ports, String... options) {
        try {
            Path folder = Files.createTempDirectory(
                    "gearshift-redis-" + ProcessHandle.current().pid() + "-");
            try {
                return new PrivateRedis(folder, find(binary, folder), ports, List.of(options));
            } catch (Throwable e) {
                delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that nobody has. */
    static int freePort() {
        for (int tried = 1; ; tried++) {
            int candidate = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORT_COUNT);
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(false); // A placeholder counts as somebody.
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate));
                return candidate;
            } catch (BindException e) {
                if (tried == PORT_COUNT) {
                    throw new UncheckedIOException(
                            "No port from " + FIRST_PORT + " to " + (FIRST_PORT + PORT_COUNT - 1)
                                    + " is free for redis-server: end what uses them.",
                            e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("No port can be had for redis-server", e);
            }
        }
    }

    private static Path find(@Nullable String binary, Path folder) throws IOException {
        String named = binary == null ? System.getenv("REDIS_SERVER_BIN") : binary;
        if (named != null && !named.isBlank()) {
            Path unpacked = unpack(named, folder);
            return unpacked == null ? Path.of(named) : unpacked;
        }
        Optional<Path> installed = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(java.io.File.pathSeparator))
                .filter(text -> !text.isEmpty())
                .map(text -> Path.of(text, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        if (installed.isPresent()) {
            return installed.get();
        }
        for (String pattern : IN_JARS) {
            Path unpacked = unpack(pattern.formatted(system(), processor()), folder);
            if (unpacked != null) {
                return unpacked;
            }
        }
        throw new IllegalStateException(
                "There is no redis-server for " + system() + " " + processor()
                        + " here: install one, name one in REDIS_SERVER_BIN, or add org.signal:embedded-redis to the class path.");
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String processor() {
        String name = System.getProperty("os.arch");
        return Map.of("x86_64", "amd64", "aarch64", "arm64").getOrDefault(name, name);
    }

    private static @Nullable Path unpack(String resource, Path folder) throws IOException {
        if (resource.contains("/")) {
            return null;
        }
        try (InputStream in = ClassLoader.getSystemResourceAsStream(resource)) {
            if (in == null) {
                return null;
            }
            Path target = folder.resolve("redis-server");
            Files.createFile(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (var out = Files.newOutputStream(target)) {
                in.transferTo(out);
            }
            return target;
        }
    }

    private Process startOnOneOf(IntSupplier ports) throws IOException {
        for (int tried = 1; ; tried++) {
            port = ports.getAsInt();
            try {
                return start();
            } catch (PortTakenException e) {
                if (tried == PORTS) {
                    throw e;
                }
            }
        }
    }

    private Process start() throws IOException {
        // In a file, as command lines can be read by anybody.
        Path configuration = folder.resolve("redis.conf");
        Files.deleteIfExists(configuration);
        Files.createFile(
                configuration, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(configuration, """
                port %d
                bind 127.0.0.1
                requirepass %s
                save ""
                dir %s
                loglevel warning
                """.formatted(port, password, folder));
        List<String> command = new ArrayList<>(List.of(program.toString(), configuration.toString()));
        command.addAll(options);
        Path log = folder.resolve("log");
        long saidBefore = Files.exists(log) ? Files.size(log) : 0;
        Process started = started(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        try {
            awaitReady(started, log, saidBefore);
        } catch (Throwable e) {
            started.destroyForcibly();
            throw e;
        }
        return started;
    }

    /** Its input ends with this JVM, whatever becomes of that. */
    private Process watch(Process server) throws IOException {
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "trap '' INT TERM HUP; while read -r _; do :; done; kill -9 \"$1\" 2>/dev/null; rm -rf \"$2\"",
                        "sh",
                        String.valueOf(server.pid()),
                        folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A program that was unpacked just now is busy while another thread starts any other process. */
    private static Process started(ProcessBuilder builder) throws IOException {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (!BUSY.matcher(String.valueOf(e.getMessage())).find() || System.nanoTime() - until > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            }
        }
    }

    private void awaitReady(Process started, Path log, long saidBefore) throws IOException {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        try (Link link = new Link(RedisAddress.of(uri()), "gearshift-redis-start", Duration.ofSeconds(1))) {
            while (true) {
                try {
                    link.call(redis.clients.jedis.Protocol.Command.PING);
                    return;
                } catch (LinkException | JedisDataException e) {
                    if (!started.isAlive() || System.nanoTime() - until > 0) {
                        String said = said(log, saidBefore);
                        String message = program + " does not start. It says: " + said;
                        throw PORT_TAKEN.matcher(said).find()
                                ? new PortTakenException(message, e)
                                : new IllegalStateException(message, e);
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
                }
            }
        }
    }

    private static String said(Path log, long from) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Somebody else has taken the port since it was free. */
    private static final class PortTakenException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        PortTakenException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Its address, with the password. */
    public String uri() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** Its port on the loopback interface. */
    public int port() {
        return port;
    }

    /** Its process id; another one after {@link #restart}. */
    public long pid() {
        return process.pid();
    }

    /** Its files: what it keeps, and its log. */
    public Path folder() {
        return folder;
    }

    /** Kills it, as a power cut would. No other server of this class is given its port. */
    public void kill() {
        end();
        if (placeholder == null) {
            placeholder = bound(port);
        }
    }

    private static Socket bound(int port) {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true); // There may be connections that have just ended.
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            UncheckedIOException failure =
                    new UncheckedIOException("The port " + port + " of a redis-server that was killed is taken", e);
            try {
                socket.close();
            } catch (IOException onClosing) {
                failure.addSuppressed(onClosing);
            }
            throw failure;
        }
    }

    private void end() {
        watch.destroyForcibly(); // First: it deletes the folder when its input ends.
        await(watch);
        process.destroyForcibly();
        await(process);
    }

    /** Starts it again, on the same port, with what it has kept. */
    public void restart() {
        try {
            leavePort();
            process = startOnOneOf(() -> port);
            watch = watch(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process ended) {
        boolean interrupted = false;
        while (true) {
            try {
                ended.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // It was killed, and is gone in a moment.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void leavePort() throws IOException {
        if (placeholder != null) {
            placeholder.close();
            placeholder = null;
        }
    }

    private void stop() {
        end();
        try {
            leavePort();
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
