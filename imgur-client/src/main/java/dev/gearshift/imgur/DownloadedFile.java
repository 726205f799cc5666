package dev.gearshift.imgur;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that arrived whole.
 *
 * @param path where it is
 * @param uri the address that was asked for, before any redirect
 * @param bytes its length
 * @param sha256 the SHA-256 of its bytes, in lower-case hexadecimal
 * @param contentType what the server called it, such as {@code image/png}; {@code null} if it did not say
 * @param attempts how many requests it took, at least 1; those that only led to another address are not counted
 */
public record DownloadedFile(
        Path path,
        URI uri,
        long bytes,
        String sha256,
        @Nullable String contentType,
        int attempts) {

    /** Checks what is never {@code null}. */
    public DownloadedFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(sha256, "sha256");
    }
}
