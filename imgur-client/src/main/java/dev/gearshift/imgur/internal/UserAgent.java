package dev.gearshift.imgur.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The {@code User-Agent} sent everywhere. It says who is asking: Imgur's image hosts turn away the default of HTTP
 * libraries.
 */
public final class UserAgent {
    private static final String VERSION = version();

    private UserAgent() {}

    /** The header's value; the application's part comes last and can be empty. */
    public static String of(String application) {
        String own = "gearshift/" + VERSION + " (+java " + System.getProperty("java.version") + ")";
        return application.isEmpty() ? own : own + " " + application;
    }

    private static String version() {
        try (InputStream in = UserAgent.class.getResourceAsStream("version.txt")) {
            if (in == null) {
                throw new IllegalStateException("version.txt is missing from the jar; build it with Maven");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
