package dev.gearshift.imgur;

import com.github.mizosoft.methanol.MediaType;
import com.github.mizosoft.methanol.MimeBodyPublisher;
import com.github.mizosoft.methanol.MoreBodyPublishers;
import com.github.mizosoft.methanol.MultipartBodyPublisher;
import com.github.mizosoft.methanol.ProgressTracker;
import dev.gearshift.imgur.internal.StreamBody;
import dev.gearshift.imgur.internal.WatchedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A picture or a video to be uploaded, and what is to be said about it. Never changes: each {@code with…} gives a changed
 * copy. What is read is read while it is sent, and never held in memory as a whole.
 *
 * <pre>{@code
 * Image image = imgur.images().upload(Upload.of(Path.of("cat.jpg")).withTitle("A cat")).send();
 * }</pre>
 */
public final class Upload {
    private static final long PROGRESS_STEP = 64 << 10;

    /** Where the bytes come from. */
    private interface Source {
        void addTo(MultipartBodyPublisher.Builder form, Runnable read) throws IOException;
    }

    private final Source source;
    private final String type;
    private final boolean repeatable;
    private final long bytes;
    private final List<Address.Field> fields;
    private final @Nullable UploadProgress progress;

    private Upload(
            Source source,
            String type,
            boolean repeatable,
            long bytes,
            List<Address.Field> fields,
            @Nullable UploadProgress progress) {
        this.source = source;
        this.type = type;
        this.repeatable = repeatable;
        this.bytes = bytes;
        this.fields = List.copyOf(fields);
        this.progress = progress;
    }

    /**
     * A file.
     *
     * @throws UncheckedIOException if there is no such file
     */
    public static Upload of(Path file) {
        try {
            return new Upload(
                    (form, read) -> form.filePart("image", file), "file", true, Files.size(file), List.of(), null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the size of " + file, e);
        }
    }

    /**
     * Bytes, which must not be changed afterwards.
     *
     * @param fileName what the file is called there
     */
    public static Upload of(String fileName, byte[] bytes) {
        return of(fileName, true, bytes.length, () -> BodyPublishers.ofByteArray(bytes));
    }

    /**
     * A stream of which each attempt opens a new one. If its length is not known, an attempt may take any time as long as
     * it gets on: it is given up when nothing is sent or answered for the client's
     * {@link ImgurClient.Builder#requestTimeout requestTimeout}.
     *
     * @param fileName what the file is called there
     * @param length how many bytes the stream has; −1 if that is not known
     * @param stream opened, read and closed by a thread of its own
     */
    public static Upload of(String fileName, long length, Supplier<? extends InputStream> stream) {
        return of(fileName, true, length, () -> sized(new StreamBody(stream), length));
    }

    /**
     * A stream that can be read once; such an upload is sent once, and never tried again. It may take any time as long as it
     * gets on: it is given up when nothing is sent or answered for the client's
     * {@link ImgurClient.Builder#requestTimeout requestTimeout}.
     *
     * @param fileName what the file is called there
     * @param stream is closed when it was read
     */
    public static Upload of(String fileName, InputStream stream) {
        Objects.requireNonNull(stream, "stream");
        return of(fileName, false, -1, () -> new StreamBody(() -> stream));
    }

    /**
     * What Imgur is to fetch by itself.
     *
     * @param address an http or https address
     * @throws IllegalArgumentException if it is not
     */
    public static Upload of(URI address) {
        if (!HttpAddress.is(address)) {
            throw new IllegalArgumentException("Imgur fetches http and https addresses only");
        }
        return new Upload((form, read) -> form.textPart("image", address), "url", true, 0, List.of(), null);
    }

    private static Upload of(String fileName, boolean repeatable, long length, Supplier<BodyPublisher> bytes) {
        if (fileName.isBlank()) {
            throw new IllegalArgumentException("The file name is blank");
        }
        return new Upload(
                (form, read) -> form.formPart(
                        "image",
                        fileName,
                        length < 0 ? new WatchedBody(bytes.get(), read) : bytes.get(),
                        MediaType.APPLICATION_OCTET_STREAM),
                "file",
                repeatable,
                Math.max(length, -1),
                List.of(),
                null);
    }

    private static BodyPublisher sized(BodyPublisher body, long length) {
        return length < 0 ? body : BodyPublishers.fromPublisher(body, length);
    }

    /** The same with a title. */
    public Upload withTitle(String title) {
        return with("title", title, false);
    }

    /** The same with a description. */
    public Upload withDescription(String description) {
        return with("description", description, false);
    }

    /** The same with a name other than the file's. */
    public Upload withName(String name) {
        return with("name", name, false);
    }

    /** The same, put into an album: by its id if a user is signed in, else by its deletehash. */
    public Upload withAlbum(String idOrDeletehash) {
        return with("album", idOrDeletehash, true);
    }

    /** The same, a video without its sound. */
    public Upload withoutAudio() {
        return with("disable_audio", "1", false);
    }

    /** The same, with somebody to tell how far it is. */
    public Upload withProgress(UploadProgress progress) {
        return new Upload(source, type, repeatable, bytes, fields, Objects.requireNonNull(progress, "progress"));
    }

    private Upload with(String name, String value, boolean secret) {
        List<Address.Field> more = new ArrayList<>(fields);
        more.removeIf(field -> field.name().equals(name));
        more.add(new Address.Field(name, value, secret));
        return new Upload(source, type, repeatable, bytes, more, progress);
    }

    /** What is sent. */
    Content content() {
        List<String> secrets = fields.stream()
                .filter(Address.Field::secret)
                .map(Address.Field::value)
                .toList();
        return new Content(this::body, repeatable, bytes, secrets);
    }

    private MimeBodyPublisher body(Runnable read) {
        MultipartBodyPublisher.Builder form = MultipartBodyPublisher.newBuilder();
        try {
            source.addTo(form, read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        form.textPart("type", type);
        fields.forEach(field -> form.textPart(field.name(), field.value()));
        MultipartBodyPublisher body = form.build();
        UploadProgress told = progress;
        if (told == null) {
            return body;
        }
        BodyPublisher tracked = ProgressTracker.newBuilder()
                .bytesTransferredThreshold(PROGRESS_STEP)
                .enclosedProgress(true)
                .build()
                .tracking(body, now -> told.sent(now.totalBytesTransferred(), now.contentLength()));
        return MoreBodyPublishers.ofMediaType(tracked, body.mediaType());
    }

    /** How much there is; neither names nor titles. */
    @Override
    public String toString() {
        return "Upload[" + type + ", " + (bytes < 0 ? "of unknown length" : bytes + " bytes") + "]";
    }
}
