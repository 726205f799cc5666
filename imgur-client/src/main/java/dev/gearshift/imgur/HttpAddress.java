package dev.gearshift.imgur;

import java.net.URI;

/** What can be asked by HTTP. */
final class HttpAddress {
    private HttpAddress() {}

    static boolean is(URI uri) {
        return uri.getHost() != null && (isHttps(uri) || "http".equalsIgnoreCase(uri.getScheme()));
    }

    static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }
}
