package dev.gearshift.cli;

import dev.gearshift.imgur.DownloadedFile;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Notices one picture under many names. In place of images that it does not serve where this machine is, Imgur sends a
 * picture that says so, as if it were the image; where a list tells the length of each image, the download fails, but a
 * bare URL tells nothing.
 */
final class SamePicture {
    /** Two may well be the same; so many hardly. */
    private static final int SUSPICIOUS = 3;

    private final Map<String, Set<URI>> byHash = new HashMap<>();

    void came(DownloadedFile file) {
        byHash.computeIfAbsent(file.sha256(), any -> new HashSet<>()).add(file.uri());
    }

    /** A sentence about it; empty if there is nothing to say. */
    String warning() {
        int most = byHash.values().stream().mapToInt(Set::size).max().orElse(0);
        return most < SUSPICIOUS
                ? ""
                : most
                        + " of the files are the same picture: look at one. Imgur sends such a picture where it does not serve"
                        + " the region.";
    }
}
