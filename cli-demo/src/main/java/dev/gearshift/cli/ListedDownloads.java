package dev.gearshift.cli;

import dev.gearshift.imgur.DownloadedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Downloads of what Imgur has listed. A file of another length than the list says is not the image, but what is sent in
 * its place, such as the picture for regions that Imgur does not serve: it is not kept.
 */
final class ListedDownloads extends Downloads {
    private final Map<URI, Long> listedBytes;

    ListedDownloads(Map<URI, Long> listedBytes) {
        this.listedBytes = listedBytes;
    }

    @Override
    public @Nullable String problemOf(DownloadedFile file) {
        long listed = listedBytes.getOrDefault(file.uri(), 0L);
        if (listed == 0 || listed == file.bytes()) {
            return null;
        }
        try {
            Files.deleteIfExists(file.path());
        } catch (IOException e) {
            return "It has " + file.bytes() + " bytes where Imgur lists " + listed + ", and could not be deleted: " + e;
        }
        return "It came with " + file.bytes() + " bytes where Imgur lists " + listed + ", so it is another picture;"
                + " it was not kept.";
    }
}
