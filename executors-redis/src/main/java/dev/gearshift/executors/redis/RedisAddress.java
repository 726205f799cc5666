package dev.gearshift.executors.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is, and who one is there. Its text leaves the password out.
 *
 * @param tls whether the connection is encrypted, and the server's certificate checked
 * @param host its name or address
 * @param port its port
 * @param user null for the default user
 * @param password null for none
 * @param database its number
 */
record RedisAddress(
        boolean tls,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        int database) {
    private static final int USUAL_PORT = 6379;

    /**
     * Reads {@code redis://[[user:]password@]host[:port][/database]}, or {@code rediss://} for TLS.
     *
     * @throws IllegalArgumentException if it is none; the message leaves the password out
     */
    static RedisAddress of(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw malformed(); // Its message would have the password.
        }
        boolean tls = "rediss".equals(uri.getScheme());
        if ((!tls && !"redis".equals(uri.getScheme())) || uri.getHost() == null || uri.getQuery() != null) {
            throw malformed();
        }
        String user = null;
        String password = null;
        String info = uri.getRawUserInfo();
        if (info != null) {
            int colon = info.indexOf(':');
            user = colon > 0 ? decode(info.substring(0, colon)) : null;
            password = decode(info.substring(colon + 1));
        }
        return new RedisAddress(
                tls,
                uri.getHost(),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                user,
                password,
                database(uri.getPath()));
    }

    private static int database(String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(path.substring(1));
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("OrphanedFormatString") // its percent sign is one
    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "The address of a Redis is written redis://[[USER:]PASSWORD@]HOST[:PORT][/DATABASE],"
                        + " or rediss:// for TLS, with % and two digits for signs such as / or @ in the password.");
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port + (database == 0 ? "" : "/" + database);
    }
}
