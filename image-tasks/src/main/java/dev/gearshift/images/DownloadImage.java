package dev.gearshift.images;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.imgur.DownloadFailedException;
import dev.gearshift.imgur.DownloadedFile;
import dev.gearshift.imgur.FileDownloader;
import dev.gearshift.imgur.MediaRemovedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Downloads one file, whole or not at all. All downloads of a worker share one {@link FileDownloader}, and so its
 * connections; it is the {@link TaskContext#resource(Class, java.util.function.Supplier) resource} of that type, and
 * closed with the executor.
 *
 * <p>A target that exists is downloaded again and replaced. Whoever wants to skip what is there leaves the task out.
 * {@link FileNames} makes target names from addresses.
 *
 * @param source an http or https address
 * @param target the file to write, on the worker's disk; its folder is made if it is missing
 * @param length how many bytes the file has, where that is known, as from the {@code size} of an Imgur image: one of
 *     another length is never found under the target's name
 */
public record DownloadImage(URI source, Path target, OptionalLong length) implements AsyncTask<DownloadedFile> {

    /**
     * Refuses {@code null}.
     *
     * @throws IllegalArgumentException if the length is negative
     */
    public DownloadImage {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        if (length.orElse(0) < 0) {
            throw new IllegalArgumentException("length must be 0 or more; this is " + length.getAsLong());
        }
    }

    /** A file of any length. */
    public DownloadImage(URI source, Path target) {
        this(source, target, OptionalLong.empty());
    }

    /**
     * Downloads the file. An interrupt ends the download, and leaves nothing behind.
     *
     * @return what arrived
     * @throws MediaRemovedException if Imgur says that the image was deleted
     * @throws DownloadFailedException if there is no whole file; its {@code reason()} says why
     * @throws OtherLengthException if the file has another length than it should have
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws IllegalArgumentException if the source is no http or https address, or the target has no file name
     * @throws IllegalStateException if no executor runs this task
     */
    // The subtypes of IOException are named because a failure from another JVM is rebuilt from the types named here.
    @Override
    public DownloadedFile call()
            throws DownloadFailedException, MediaRemovedException, OtherLengthException, IOException,
                    InterruptedException {
        return length.isPresent()
                ? new CheckedDownload(source, target, length.getAsLong()).with(downloader())
                : downloader().download(source, target);
    }

    /**
     * Begins the download, and holds no thread for it. Cancelling the future ends the download, and leaves nothing
     * behind.
     *
     * @return completes with what arrived, or as {@link #call} fails
     * @throws IllegalArgumentException if the source is no http or https address, or the target has no file name
     * @throws IllegalStateException if no executor runs this task
     */
    @Override
    public CompletableFuture<DownloadedFile> callAsync() {
        return length.isPresent()
                ? new CheckedDownload(source, target, length.getAsLong()).beginWith(downloader())
                : downloader().downloadAsync(source, target);
    }

    private static FileDownloader downloader() {
        return TaskContext.current().resource(FileDownloader.class, FileDownloader::create);
    }
}
