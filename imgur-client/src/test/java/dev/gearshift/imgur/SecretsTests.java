package dev.gearshift.imgur;

import static dev.gearshift.imgur.Answers.answer;
import static dev.gearshift.imgur.Answers.each;
import static dev.gearshift.imgur.Answers.withCredits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gearshift.imgur.EndpointTable.Row;
import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.CreatedAlbum;
import dev.gearshift.imgur.model.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every endpoint is called, and answered well and badly by a server that echoes all it was sent; then everything that was
 * printed, logged, recorded, told and thrown is searched for each secret.
 */
@Timeout(120)
@Tag("once")
class SecretsTests {
    private static final int[] STATUSES = {200, 400, 401, 403, 404, 429, 500};

    private static final String ALBUM_HASH = "4lbumD3l3t3H4sh";

    /** In the message of an exception that is thrown while the flight is recorded. */
    private static final String CANARY = "c4naryInTh3M1ne";

    /** In place of a shape: each call is answered as it should be. */
    private static final String AS_IT_SHOULD_BE = "FIXTURE";

    private static final Map<String, String> FIXTURES =
            EndpointTable.rows().stream().collect(Collectors.toMap(Row::line, Row::fixture, (first, same) -> first));

    /** Whatever must not be seen; the hashes are those of the tables and fixtures. */
    private static final List<String> SECRETS = List.of(
            "s3cr3tCl13nt1d",
            "cl13ntS3cr3t",
            "g4t3wayK3y",
            "acc3ssT0ken",
            "r3fr3shT0ken",
            "n3wAcc3ssT0ken",
            "n3wR3freshT0ken",
            EndpointTable.HASH,
            "d3l3t3H4sh00002",
            "TOPSECRETHASH",
            ALBUM_HASH);

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger masked = new AtomicInteger();
    private final AtomicInteger values = new AtomicInteger();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Handler logged = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            see(entry.getLoggerName() + " " + entry.getMessage());
            if (entry.getThrown() != null) {
                see(trace(entry.getThrown()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("dev.gearshift");
    private final Logger http = Logger.getLogger("jdk.httpclient");

    private volatile String body = "";
    private volatile int status = 200;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        server.setDispatcher(each(request -> withCredits(echo(request))));
        server.start();
        logged.setLevel(Level.ALL);
        ours.setLevel(Level.ALL);
        http.setLevel(Level.ALL);
        root.addHandler(logged);
    }

    @AfterEach
    void stop() {
        root.removeHandler(logged);
        ours.setLevel(null);
        http.setLevel(null);
        server.close();
    }

    private MockResponse echo(RecordedRequest request) {
        if (request.getTarget().equals("/oauth2/token") && status == 401) {
            return answer(200, Fixtures.text("tokens"));
        }
        if (body.equals(AS_IT_SHOULD_BE)) {
            String line = request.getMethod() + " " + request.getTarget();
            return answer(status, Fixtures.text(Objects.requireNonNull(FIXTURES.get(line), line)));
        }
        String echo = request.getTarget() + " " + request.getHeaders().get("Authorization") + " "
                + request.getHeaders().get("X-RapidAPI-Key") + " "
                + (request.getBody() == null ? "" : request.getBody().utf8());
        return answer(status, body.replace("ECHO", echo.replaceAll("[\"\\\\\\p{Cntrl}]", "?")));
    }

    private ImgurClient client() {
        return ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .clientSecret("cl13ntS3cr3t")
                .header("X-RapidAPI-Key", "g4t3wayK3y")
                .tokens(ImgurTokens.of("acc3ssT0ken", "r3fr3shT0ken"))
                .onNewTokens(tokens -> see(tokens.toString()))
                .apiUri(server.url("/3/").uri())
                .maxAttempts(2)
                .pauses(new RecordingPauses())
                .listener(event -> see(event.toString()))
                .build();
    }

    /** Each status with two shapes, each shape with a few statuses. */
    @Test
    void noSecretIsSeenAnywhere() throws Exception {
        noSecretIsSeen((code, shape) -> (code + shape) % STATUSES.length < 2);
    }

    @Tag("proof")
    @Test
    void noSecretIsSeenWhateverTheStatusAndTheShape() throws Exception {
        noSecretIsSeen((code, shape) -> true);
    }

    /**
     * Calls everything.
     *
     * @param tried which statuses are tried with which shapes, by their numbers
     */
    private void noSecretIsSeen(BiPredicate<Integer, Integer> tried) throws Exception {
        Path dump = folder.resolve("calls.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.JavaExceptionThrow").withoutStackTrace();
            recording.enable("jdk.SocketRead").withThreshold(Duration.ZERO);
            recording.enable("jdk.SocketWrite").withThreshold(Duration.ZERO);
            recording.enable("jdk.ThreadStart");
            recording.start();
            assertThat(catchThrowable(() -> {
                        throw new IllegalStateException(CANARY);
                    }))
                    .hasMessage(CANARY);
            callEverything(200, AS_IT_SHOULD_BE);
            assertThat(values)
                    .as("values of answers")
                    .hasValueGreaterThan(EndpointTable.rows().size());
            for (int code = 0; code < STATUSES.length; code++) {
                List<String> shapes = shapes(STATUSES[code]);
                for (int shape = 0; shape < shapes.size(); shape++) {
                    if (tried.test(code, shape)) {
                        callEverything(STATUSES[code], shapes.get(shape));
                    }
                }
            }
            recording.dump(dump);
        }

        assertThat(seen).hasValueGreaterThan(1000);
        assertThat(masked).hasPositiveValue();
        assertThat(leaks).isEmpty();
        List<String> wanted = new ArrayList<>(SECRETS);
        wanted.add(CANARY);
        assertThat(found(dump, wanted)).as("in the flight recording").containsExactly(CANARY);
    }

    private void see(String text) {
        seen.incrementAndGet();
        if (text.contains("***")) {
            masked.incrementAndGet();
        }
        SECRETS.stream().filter(text::contains).forEach(secret -> leaks.add(secret + " in " + text));
    }

    /** Those of the texts that are in a file, which is read piece by piece: a recording is larger than the heap may be. */
    private static Set<String> found(Path file, List<String> texts) throws IOException {
        Set<String> found = new TreeSet<>();
        String kept = "";
        byte[] piece = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(piece); length > 0; length = in.read(piece)) {
                String text = kept + new String(piece, 0, length, StandardCharsets.ISO_8859_1);
                texts.stream().filter(text::contains).forEach(found::add);
                kept = text.substring(Math.max(0, text.length() - 64));
            }
        }
        return found;
    }

    private static List<String> shapes(int code) {
        return List.of(
                "{\"data\":{\"error\":\"no: ECHO\",\"request\":\"/3/x\",\"method\":\"GET\"},\"success\":false,\"status\":"
                        + code + "}",
                "{\"data\":{\"error\":{\"code\":\"ECHO\",\"message\":\"ECHO\"}},\"success\":false}",
                "{\"data\":\"ECHO\",\"success\":false}",
                "{\"errors\":[{\"code\":\"ECHO\",\"status\":\"ECHO\",\"detail\":\"ECHO\"}]}",
                "<html><title>ECHO</title>ECHO</html>",
                "ECHO",
                "{\"data\":{\"deletehash\":\"TOPSECRETHASH\",\"nothing\":\"ECHO\"}}",
                "{\"data\": [\"ECHO\"");
    }

    private void callEverything(int code, String shape) {
        status = code;
        body = shape;
        try (ImgurClient imgur = client()) {
            see(imgur.toString());
            outcome(imgur.images().upload(Upload.of("a", new byte[3]).withAlbum(ALBUM_HASH))::answer);
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (Row row : EndpointTable.rows()) {
                ImgurRequest<?> request = row.call().apply(imgur);
                see(request.toString());
                calls.add(request.answerAsync());
            }
            calls.forEach(call -> outcome(call::join));
        }
    }

    private void outcome(Supplier<?> call) {
        List<Object> answers = new ArrayList<>();
        Throwable raised = catchThrowable(() -> answers.add(call.get()));
        if (raised == null) {
            see(String.valueOf(answers.get(0)));
            if (answers.get(0) instanceof ImgurAnswer<?> answer) {
                values.incrementAndGet();
                see(String.valueOf(answer.value()));
            }
            return;
        }
        see(trace(raised));
        Throwable thrown = Futures.cause(raised);
        if (thrown instanceof ImgurException failure) {
            see(failure.body() + failure.code() + failure.requestPath() + failure.rateLimits());
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void whatHoldsASecretDoesNotPrintIt() {
        Consumer<Object> clean = thing -> {
            for (String secret : SECRETS) {
                assertThat(thing.toString()).doesNotContain(secret);
            }
        };
        body = Fixtures.text("image-uploaded");
        try (ImgurClient imgur = client()) {
            ImgurRequest<Image> upload =
                    imgur.images().upload(Upload.of("a", new byte[1]).withAlbum(ALBUM_HASH));
            Image image = upload.send();
            assertThat(image.deletehash()).isEqualTo("TOPSECRETHASH");
            clean.accept(image);
            clean.accept(upload);
            clean.accept(upload.answer());
            clean.accept(upload.content());
        }
        body = "{\"data\":{\"id\":\"abc1234\",\"deletehash\":\"TOPSECRETHASH\"}}";
        try (ImgurClient imgur = client()) {
            Basic other = imgur.other("GET", "account/me/settings", Map.of()).send();
            assertThat(String.valueOf(other.data())).contains("TOPSECRETHASH");
            clean.accept(other);
        }
        clean.accept(new CreatedAlbum("Zy9xW", "TOPSECRETHASH"));
        clean.accept(ImageKeys.deletehashes(List.of("TOPSECRETHASH")));
        clean.accept(AlbumDetails.empty().withImages(ImageKeys.deletehashes(List.of("TOPSECRETHASH"))));
        clean.accept(ImgurTokens.of("acc3ssT0ken", "r3fr3shT0ken"));
        clean.accept(ImgurUrl.parse("https://imgur.com/delete/" + EndpointTable.HASH));
        clean.accept(Address.of(Endpoint.delete("image/{id}")).withSecret("id", EndpointTable.HASH));
        clean.accept(new Address.Field("deletehashes[]", EndpointTable.HASH, true));
        clean.accept(catchThrowable(() -> ImgurTokens.of("acc3ssT0ken with blanks")));
        clean.accept(catchThrowable(() -> ImgurClient.builder().clientId("s3cr3tCl13nt1d with blanks")));
    }
}
