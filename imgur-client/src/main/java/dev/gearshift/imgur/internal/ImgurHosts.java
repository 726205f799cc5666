package dev.gearshift.imgur.internal;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which hosts are Imgur's. */
final class ImgurHosts {
    private ImgurHosts() {}

    /** Old items carry {@code http} links. Imgur's own hosts all speak https; any other host is left as it is. */
    static URI secured(URI link) {
        if ("http".equalsIgnoreCase(link.getScheme()) && isImgur(link.getHost()) && link.getPort() == -1) {
            return URI.create("https" + link.toString().substring(4));
        }
        return link;
    }

    static boolean isImgur(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("imgur.com")
                || name.endsWith(".imgur.com")
                || name.equals("imgur.io")
                || name.endsWith(".imgur.io");
    }
}
