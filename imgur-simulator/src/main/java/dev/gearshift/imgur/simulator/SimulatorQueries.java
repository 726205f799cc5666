package dev.gearshift.imgur.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Asks a simulator elsewhere for its own pages. Each question is a connection of its own, which leaves no thread. */
final class SimulatorQueries {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final URI base;
    private final JsonMapper mapper = JsonMapper.shared();

    SimulatorQueries(URI base) {
        this.base = base;
    }

    SimulatorStats stats() {
        return mapper.readValue(ask("GET", SimulatorPages.STATS, ""), SimulatorStats.class);
    }

    void reset() {
        ask("POST", SimulatorPages.RESET, "");
    }

    void play(Faults faults) {
        ask("POST", SimulatorPages.FAULTS, faults.toString());
    }

    void expireTokens() {
        ask("POST", SimulatorPages.EXPIRE_TOKENS, "");
    }

    List<ServedImage> images() {
        return List.of(mapper.readValue(ask("GET", SimulatorPages.IMAGES, ""), ServedImage[].class));
    }

    private byte[] ask(String method, String page, String body) {
        URI uri = base.resolve(page);
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Connection", "close");
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setUseCaches(false);
            if (!body.isEmpty()) {
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            try (InputStream answer = connection.getInputStream()) {
                return answer.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator at " + uri + " does not answer: " + e.getMessage(), e);
        }
    }
}
