package dev.gearshift.cli;

import dev.gearshift.executors.Task;
import dev.gearshift.images.DownloadImage;
import dev.gearshift.imgur.DownloadedFile;
import java.nio.file.Files;

/** Downloads, as a {@link Batch} knows them. */
class Downloads implements Batch.Kind<DownloadedFile> {
    private final SamePicture samePicture = new SamePicture();

    @Override
    public final String nameOf(Task<DownloadedFile> task) {
        return task instanceof DownloadImage download
                ? String.valueOf(download.target().getFileName())
                : "";
    }

    @Override
    public final long bytesOf(DownloadedFile file) {
        return file.bytes();
    }

    /** A file has its name only when it is whole. */
    @Override
    public final long bytesThere(Task<DownloadedFile> task) {
        return task instanceof DownloadImage download && Files.isRegularFile(download.target())
                ? download.target().toFile().length()
                : -1;
    }

    @Override
    public final void done(DownloadedFile file) {
        samePicture.came(file);
    }

    final SamePicture samePicture() {
        return samePicture;
    }
}
