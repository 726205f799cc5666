package dev.gearshift.cli;

import dev.gearshift.imgur.AlbumDetails;
import dev.gearshift.imgur.ImageKeys;
import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.Upload;
import dev.gearshift.imgur.model.CreatedAlbum;
import dev.gearshift.imgur.model.Image;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Uploads files one after the other. Each result is printed as soon as it is there, so that no deletehash is lost when
 * something fails later; with JSON, all at the end, whatever failed.
 */
final class Uploads {
    private final ImgurClient client;
    private final Interruption interruption;
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<Uploaded> uploaded = new ArrayList<>();
    private final List<Batch.Failed> failures = new ArrayList<>();
    private @Nullable Uploaded album;

    /** What is said about what is uploaded; {@code null} for nothing. */
    record Words(
            @Nullable String title,
            @Nullable String description,
            @Nullable String album,
            @Nullable String newAlbum) {}

    /**
     * Something that is at Imgur now. It holds a secret.
     *
     * @param what the name of the file, or the title of the album
     * @param deletehash with which it is deleted; {@code null} if Imgur told none
     */
    record Uploaded(
            String what,
            String id,
            @Nullable String link,
            @Nullable String deletehash) {
        String line() {
            return what + "  " + (link == null ? "id " + id : link)
                    + (deletehash == null ? "  no deletehash" : "  deletehash " + deletehash);
        }

        @Override
        public String toString() {
            return "Uploaded[" + what + ", " + id + "]";
        }
    }

    /** What is printed with {@code --json}. */
    record Report(
            List<Uploaded> uploaded,
            @Nullable Uploaded album,
            int notTried,
            long creditsSpent,
            List<Batch.Failed> failures) {}

    Uploads(ImgurClient client, Interruption interruption, boolean json, PrintWriter out, PrintWriter err) {
        this.client = client;
        this.interruption = interruption;
        this.json = json;
        this.out = out;
        this.err = err;
    }

    int run(List<Path> files, Words words) {
        int tried = 0;
        try (Progress progress = new Progress(err, "Uploading", files.size())) {
            while (tried < files.size() && !interruption.happened()) {
                upload(files.get(tried), words, progress);
                tried++;
            }
        }
        if (words.newAlbum() != null && !uploaded.isEmpty() && !interruption.happened()) {
            gather(words.newAlbum());
        }
        report(files.size() - tried);
        if (interruption.happened()) {
            return Main.INTERRUPTED;
        }
        return failures.isEmpty() ? 0 : Main.FAILED;
    }

    private void upload(Path file, Words words, Progress progress) {
        String name = String.valueOf(file.getFileName());
        try {
            Image image = client.images()
                    .upload(described(Upload.of(file), words).withProgress((sent, total) -> progress.partAt(sent)))
                    .send();
            Uploaded there = new Uploaded(name, image.id(), text(image.link()), image.deletehash());
            uploaded.add(there);
            progress.one(Math.max(0, image.size()), true);
            print(there.line());
        } catch (ImgurException e) {
            fail(name, e);
            progress.one(0, false);
        } catch (UncheckedIOException e) {
            failures.add(new Batch.Failed(name, String.valueOf(e.getMessage())));
            progress.one(0, false);
        }
    }

    private static Upload described(Upload upload, Words words) {
        Upload described = words.title() == null ? upload : upload.withTitle(words.title());
        described = words.description() == null ? described : described.withDescription(words.description());
        return words.album() == null ? described : described.withAlbum(words.album());
    }

    private void gather(String title) {
        List<String> keys = uploaded.stream()
                .map(Uploaded::deletehash)
                .filter(Objects::nonNull)
                .toList();
        try {
            CreatedAlbum made = client.albums()
                    .create(AlbumDetails.empty().withTitle(title).withImages(ImageKeys.deletehashes(keys)))
                    .send();
            album = new Uploaded(title, made.id(), "https://imgur.com/a/" + made.id(), made.deletehash());
            print(album.line());
        } catch (ImgurException e) {
            fail("the album", e);
        }
    }

    private void fail(String what, ImgurException e) {
        String more = CreditsText.mayBeDone(e) ? " It may be there all the same." : "";
        failures.add(new Batch.Failed(what, CreditsText.reason(e, Clock.systemUTC()) + more));
    }

    private void print(String line) {
        if (!json) {
            out.println(line);
            out.flush();
        }
    }

    private void report(int notTried) {
        if (json) {
            JsonOutput.print(
                    out,
                    new Report(List.copyOf(uploaded), album, notTried, client.creditsSpent(), List.copyOf(failures)));
            return;
        }
        failures.forEach(failure -> out.println("failed: " + failure.what() + ": " + failure.reason()));
        out.println(uploaded.size() + " uploaded"
                + (failures.isEmpty() ? "" : ", " + failures.size() + " failed")
                + (notTried == 0 ? "" : ", interrupted with " + notTried + " to go"));
        out.flush();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
