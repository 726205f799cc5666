package dev.gearshift.imgur;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.gearshift.imgur.EndpointTable.Row;
import dev.gearshift.imgur.internal.Json;
import dev.gearshift.imgur.internal.UnreadableAnswerException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers with something wrong in them, made of the fixtures: whatever comes, it is read as a model or fails with a typed
 * exception, in bounded time and memory. A failure names its seed.
 */
@Tag("once")
@Timeout(120)
class DecoderFuzzTests {
    private static final Path FIXTURES = Path.of("src/test/resources/dev/gearshift/imgur/internal");
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** An answer may cost this much memory for each of its bytes, and a start of its own. */
    private static final long MEMORY_PER_BYTE = 400;

    private static final List<String> PAGES = List.of(
            "<!DOCTYPE html><html><head><title>503 client read error</title></head><body>x</body></html>",
            "<html><TITLE lang=\"en\">Error (1024)</TITLE><title></title><body><h1>Error</h1></body></html>",
            "<h1>Error</h1>\n<p class='a>b'>(1024)</p> <br/> <!-- <title> --> Imgur is over capacity!",
            "<?xml version=\"1.0\"?><data success=\"0\"><error>Bad \u0130d</error></data>",
            "<<<<<<title<title><<</title",
            "deletehash\":   \"deletehash\"   :");

    private static final List<Integer> STATUSES =
            List.of(200, 302, 400, 401, 403, 404, 417, 418, 429, 500, 502, 503, 999);

    private static final List<String> ODD_VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1e400",
            "1e-400",
            "99999999999999999999999999999999",
            "1e999999999",
            "\"\"",
            "\"1e999999999\"",
            "\"-99999999999999999999\"",
            "\"NaN\"",
            "\"\\u0000\\ud800\"",
            "\"http://[broken\"",
            "[]",
            "{}",
            "[null]",
            "[[[]]]",
            "{\"id\":{}}",
            "{\"status\":[]}",
            "\"favorited\"");

    /** What is loaded with the first answer is not its memory. */
    @BeforeAll
    static void readOnce() {
        try (ImgurClient imgur = EndpointTable.client()) {
            for (int status : List.of(200, 404)) {
                decoded(
                        imgur.images().get("abc1234"),
                        status,
                        "{\"data\":{\"id\":\"abc1234\"}}".getBytes(UTF_8),
                        "first");
                decoded(imgur.images().get("abc1234"), status, PAGES.get(0).getBytes(UTF_8), "first");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverComesIsAModelOrATypedFailure(long seed) throws IOException {
        readMutated(seed, 2_500);
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104})
    void whateverComesForALongTimeIsAModelOrATypedFailure(long seed) throws IOException {
        readMutated(seed, 100_000);
    }

    private static void readMutated(long seed, int rounds) throws IOException {
        Random random = new Random(seed);
        List<byte[]> fixtures = fixtures();
        try (ImgurClient imgur = EndpointTable.client()) {
            List<ImgurRequest<?>> requests = requests(imgur);
            int models = 0;
            for (int round = 0; round < rounds; round++) {
                byte[] body = mutated(fixtures.get(random.nextInt(fixtures.size())), fixtures, random);
                ImgurRequest<?> request = requests.get(random.nextInt(requests.size()));
                models += read(request, body, "seed " + seed + ", round " + round);
            }
            assertThat(models).as("some were read").isPositive();
        }
    }

    @Test
    void everyFixtureIsReadByEveryCallOrRefusedByName() throws IOException {
        try (ImgurClient imgur = EndpointTable.client()) {
            for (ImgurRequest<?> request : requests(imgur)) {
                for (byte[] fixture : fixtures()) {
                    read(request, fixture, request.toString());
                }
            }
        }
    }

    /** All shapes of errors, web pages among them, under all statuses: mutated, and as long as is looked at. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whateverErrorComesIsATypedFailureAtOnce(long seed) {
        Random random = new Random(seed);
        Stream<String> shapes =
                ErrorAnswerTests.shapes().map(shape -> (String) shape.get()[2]).filter(body -> !body.isEmpty());
        List<byte[]> pages = Stream.concat(PAGES.stream(), shapes)
                .map(page -> page.getBytes(UTF_8))
                .toList();
        try (ImgurClient imgur = EndpointTable.client()) {
            ImgurRequest<?> request = imgur.images().get("abc1234");
            for (int round = 0; round < 400; round++) {
                byte[] page = mutated(pages.get(random.nextInt(pages.size())), pages, random);
                StringBuilder longest = new StringBuilder("<");
                int from = random.nextInt(page.length + 1);
                String part = new String(page, from, Math.min(page.length - from, 1 + random.nextInt(12)), UTF_8);
                while (longest.length() < 1 << 16 && !part.isEmpty()) {
                    longest.append(part);
                }
                int status = STATUSES.get(random.nextInt(STATUSES.size()));
                read(request, status, page, "error, seed " + seed + ", round " + round);
                read(
                        request,
                        status,
                        longest.toString().getBytes(UTF_8),
                        "long error, seed " + seed + ", round " + round);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"data\":", "{\"data\":[", "{\"a\":{\"data\":["})
    void deepNestingIsRefused(String opening) {
        byte[] body = ("{\"data\":" + opening.repeat(200_000)).getBytes(UTF_8);
        try (ImgurClient imgur = EndpointTable.client()) {
            for (ImgurRequest<?> request : requests(imgur)) {
                read(request, body, "deep " + opening);
            }
        }
    }

    @Test
    void commentsWithinCommentsAreReadAsDeepAsTheyMayBe() {
        int depth = 200;
        String body =
                "{\"data\":" + "{\"id\":1,\"children\":[".repeat(depth) + "]}".repeat(depth) + ",\"success\":true}";
        try (ImgurClient imgur = EndpointTable.client()) {
            assertThat(read(imgur.comments().replies(1), body.getBytes(UTF_8), "depth"))
                    .isOne();
        }
    }

    /** 1 if a model came of it, 0 if a typed failure did. */
    private static int read(ImgurRequest<?> request, byte[] body, String which) {
        return read(request, 200, body, which);
    }

    private static int read(ImgurRequest<?> request, int status, byte[] body, String which) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long began = System.nanoTime();
        int models = decoded(request, status, body, which);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(which).isLessThan(LONGEST);
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated)
                .as("memory of " + which + " with " + excerpt(body))
                .isLessThan(4_000_000 + MEMORY_PER_BYTE * body.length);
        return models;
    }

    private static int decoded(ImgurRequest<?> request, int status, byte[] body, String which) {
        int models = 0;
        try {
            Map<?, ?> json = Json.object(body);
            ErrorAnswer answer = ErrorAnswer.of(
                    new Answer(status, body),
                    json,
                    new ErrorAnswer.Asked("GET", "/3/x"),
                    List.of("s3cr3t"),
                    Clock.systemUTC());
            assertThat(answer.asException(null)).isNotNull();
            try {
                Object model = request.decode(Json.present(json));
                assertThat(model).isNotNull();
                assertThat(model.toString()).isNotNull();
                models = 1;
            } catch (UnreadableAnswerException typed) {
                assertThat(typed.getMessage()).isNotEmpty();
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fail(which + " with " + excerpt(body), e);
        }
        return models;
    }

    private static String excerpt(byte[] body) {
        return new String(body, 0, Math.min(body.length, 500), UTF_8);
    }

    private static byte[] mutated(byte[] fixture, List<byte[]> fixtures, Random random) {
        byte[] body = fixture;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            body = switch (random.nextInt(8)) {
                case 0 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
                case 1 -> withByte(body, random);
                case 2 -> withoutPart(body, random);
                case 3 -> repeated(body, random);
                case 4 -> joined(body, fixtures.get(random.nextInt(fixtures.size())), random);
                default -> withOddValue(body, random);
            };
        }
        return body;
    }

    private static byte[] withByte(byte[] body, Random random) {
        byte[] copy = body.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private static byte[] withoutPart(byte[] body, Random random) {
        int from = random.nextInt(body.length + 1);
        int to = from + random.nextInt(Math.min(20, body.length - from) + 1);
        return joined(Arrays.copyOf(body, from), Arrays.copyOfRange(body, to, body.length));
    }

    private static byte[] repeated(byte[] body, Random random) {
        int from = random.nextInt(body.length + 1);
        byte[] part = Arrays.copyOfRange(body, from, Math.min(body.length, from + 30));
        byte[] out = Arrays.copyOf(body, from);
        for (int i = random.nextInt(50); i > 0; i--) {
            out = joined(out, part);
        }
        return joined(out, Arrays.copyOfRange(body, from, body.length));
    }

    private static byte[] joined(byte[] body, byte[] other, Random random) {
        int from = random.nextInt(body.length + 1);
        int to = random.nextInt(other.length + 1);
        return joined(Arrays.copyOf(body, from), Arrays.copyOfRange(other, to, other.length));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] out = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }

    /** Puts an odd value in the place of a plain one, so that what comes out is still JSON. */
    private static byte[] withOddValue(byte[] body, Random random) {
        String text = new String(body, UTF_8);
        List<Integer> colons = new ArrayList<>();
        for (int at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
            colons.add(at);
        }
        if (colons.isEmpty()) {
            return body;
        }
        int colon = colons.get(random.nextInt(colons.size()));
        int end = colon + 1;
        while (end < text.length() && ",]}".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String odd = ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
        return (text.substring(0, colon + 1) + odd + text.substring(end)).getBytes(UTF_8);
    }

    private static List<byte[]> fixtures() throws IOException {
        List<byte[]> fixtures = new ArrayList<>();
        try (var files = Files.list(FIXTURES)) {
            for (Path file : files.sorted().toList()) {
                fixtures.add(Files.readAllBytes(file));
            }
        }
        assertThat(fixtures).hasSizeGreaterThan(30);
        return fixtures;
    }

    private static List<ImgurRequest<?>> requests(ImgurClient imgur) {
        List<ImgurRequest<?>> requests = new ArrayList<>();
        for (Row row : EndpointTable.rows()) {
            requests.add(row.call().apply(imgur));
        }
        return requests;
    }

    private record Answer(int statusCode, byte[] body) implements HttpResponse<byte[]> {
        @Override
        public HttpRequest request() {
            return HttpRequest.newBuilder(uri()).build();
        }

        @Override
        public Optional<HttpResponse<byte[]>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of(), (name, value) -> true);
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return URI.create("http://localhost/3/x");
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
