package dev.gearshift.imgur.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * One downloadable JPEG or PNG of the gallery, with what a correct download of it looks like.
 *
 * @param id Imgur's name for it: seven letters and digits
 * @param link where its bytes are
 * @param type its MIME type, {@code image/jpeg} or {@code image/png}
 * @param bytes its exact length
 * @param sha256 the SHA-256 of its bytes, 64 lower-case hexadecimal digits
 */
public record ServedImage(String id, URI link, String type, long bytes, String sha256) {

    /** Refuses nulls. */
    public ServedImage {
        requireNonNull(id, "id");
        requireNonNull(link, "link");
        requireNonNull(type, "type");
        requireNonNull(sha256, "sha256");
    }
}
