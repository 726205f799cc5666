package dev.gearshift.images;

import dev.gearshift.imgur.DownloadedFile;
import dev.gearshift.imgur.FileDownloader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A download of which the length is known. The downloader puts the whole file to {@code NAME.part}; from there it goes to
 * its name if it has that length, so that nothing else is ever found there, however early the program is ended.
 */
record CheckedDownload(URI source, Path target, long length) {

    DownloadedFile with(FileDownloader downloader) throws IOException, InterruptedException {
        return keep(downloader.download(source, unchecked()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Only the effects are wanted.
    CompletableFuture<DownloadedFile> beginWith(FileDownloader downloader) {
        CompletableFuture<DownloadedFile> download = downloader.downloadAsync(source, unchecked());
        CompletableFuture<DownloadedFile> kept = new CompletableFuture<>();
        download.whenComplete((file, failure) -> settle(kept, file, failure));
        kept.whenComplete((file, failure) -> download.cancel(true));
        return kept;
    }

    private void settle(
            CompletableFuture<DownloadedFile> kept, @Nullable DownloadedFile file, @Nullable Throwable failure) {
        try {
            if (file == null) {
                kept.completeExceptionally(unwrapped(Objects.requireNonNull(failure)));
            } else if (kept.isDone()) {
                Files.deleteIfExists(file.path());
            } else {
                kept.complete(keep(file));
            }
        } catch (IOException | RuntimeException e) {
            kept.completeExceptionally(e);
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private Path unchecked() {
        Path name = target.getFileName();
        // Without a name it cannot be downloaded, and the downloader says so.
        return name == null ? target : target.resolveSibling(name + ".part");
    }

    private DownloadedFile keep(DownloadedFile file) throws IOException {
        try {
            if (file.bytes() != length) {
                throw OtherLengthException.of(target, file.bytes(), length);
            }
            WholeFile.move(file.path(), target);
        } finally {
            Files.deleteIfExists(file.path());
        }
        return new DownloadedFile(target, file.uri(), file.bytes(), file.sha256(), file.contentType(), file.attempts());
    }
}
