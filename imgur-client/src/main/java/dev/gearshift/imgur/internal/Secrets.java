package dev.gearshift.imgur.internal;

import java.net.URI;

/** Takes out of a text what must not end up in a log. */
public final class Secrets {
    private static final String MASK = "***";

    private Secrets() {}

    /** The address without the user, password, query and fragment it may carry. */
    public static String masked(URI uri) {
        StringBuilder text = new StringBuilder().append(uri.getScheme()).append("://");
        if (uri.getRawUserInfo() != null) {
            text.append(MASK).append('@');
        }
        text.append(uri.getHost());
        if (uri.getPort() != -1) {
            text.append(':').append(uri.getPort());
        }
        text.append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            text.append('?').append(MASK);
        }
        return text.toString();
    }

    /** The text with each occurrence of the secret masked. */
    public static String masked(String text, String secret) {
        return text.replace(secret, MASK);
    }
}
