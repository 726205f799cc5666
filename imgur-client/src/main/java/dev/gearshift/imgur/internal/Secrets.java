package dev.gearshift.imgur.internal;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a text what must not end up in a log. */
public final class Secrets {
    private static final String MASK = "***";

    /** Fields of Imgur's answers that hold secrets this client may not know yet. */
    private static final Pattern FIELD =
            Pattern.compile("(\"(?:deletehash|access_token|refresh_token|client_secret)\"\\s*:\\s*\")[^\"]*");

    private Secrets() {}

    /** The address without the user, password, query and fragment it may carry. */
    public static String masked(URI uri) {
        if (uri.getHost() == null) {
            return uri.toString().replaceFirst("//[^/]*@", "//" + MASK + "@").replaceFirst("[?#].*", "?" + MASK);
        }
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

    /** The text with each occurrence of the secrets masked, also as JSON may have it, and the values of fields that hold some. */
    public static String masked(String text, Iterable<String> secrets) {
        String masked = FIELD.matcher(text).replaceAll("$1***");
        List<String> longestFirst = new ArrayList<>();
        secrets.forEach(longestFirst::add);
        longestFirst.removeIf(String::isEmpty);
        longestFirst.sort(
                Comparator.comparingInt(String::length).reversed()); // Else a short one hides part of a long one.
        for (String secret : longestFirst) {
            masked = masked.replace(secret, MASK).replace(secret.replace("/", "\\/"), MASK);
        }
        return masked;
    }
}
