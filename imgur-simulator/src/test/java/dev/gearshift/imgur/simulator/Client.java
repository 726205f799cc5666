package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a simulator as a downloader would: HTTP/1.1, redirects not followed. */
final class Client {

    static final String CLIENT_ID = "Client-ID test";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BOUNDARY = "----simulated";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    Client(URI base) {
        this.base = base;
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) throws IOException, InterruptedException {
        return send(method, path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> api(String path) throws IOException, InterruptedException {
        return get(path, "Authorization", CLIENT_ID);
    }

    HttpResponse<byte[]> api(String path, String authorization) throws IOException, InterruptedException {
        return get(path, "Authorization", authorization);
    }

    /** The data of an answer that says that all is well. */
    JsonNode data(String path) throws IOException, InterruptedException {
        return data(api(path));
    }

    /** Sends urlencoded fields: name, value, name, value. */
    HttpResponse<byte[]> form(String method, String path, String authorization, String... fields)
            throws IOException, InterruptedException {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return send(
                method,
                path,
                BodyPublishers.ofString(String.join("&", pairs)),
                "Authorization",
                authorization,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    /** Sends a file, and fields beside it: name, value, name, value. */
    HttpResponse<byte[]> upload(String path, String authorization, String fileName, byte[] file, String... fields)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            body.writeBytes(utf8("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + fields[i]
                    + "\"\r\n\r\n" + fields[i + 1] + "\r\n"));
        }
        body.writeBytes(utf8("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\""
                + fileName + "\"\r\nContent-Type: image/png\r\n\r\n"));
        body.writeBytes(file);
        body.writeBytes(utf8("\r\n--" + BOUNDARY + "--\r\n"));
        return send(
                "POST",
                path,
                BodyPublishers.ofByteArray(body.toByteArray()),
                "Authorization",
                authorization,
                "Content-Type",
                "multipart/form-data; boundary=" + BOUNDARY);
    }

    /** Signs in, and gives what to put into the header {@code Authorization}. */
    String bearer(String account) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = refresh(ImgurSimulator.refreshToken(account));
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        return "Bearer " + json(answer).get("access_token").asString();
    }

    HttpResponse<byte[]> refresh(String refreshToken) throws IOException, InterruptedException {
        return form(
                "POST",
                "/oauth2/token",
                CLIENT_ID,
                "refresh_token",
                refreshToken,
                "client_id",
                "test",
                "client_secret",
                "hush",
                "grant_type",
                "refresh_token");
    }

    static JsonNode data(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        JsonNode envelope = json(answer);
        assertThat(envelope.get("success").asBoolean()).isTrue();
        assertThat(envelope.get("status").asInt()).isEqualTo(200);
        return envelope.get("data");
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
