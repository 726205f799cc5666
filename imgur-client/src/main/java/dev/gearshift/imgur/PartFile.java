package dev.gearshift.imgur;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The bytes of a download before they have proved to be the file: {@code NAME.part} beside the target, so that the move
 * into place stays within one file system and is atomic. Written by one thread at a time; {@link #discard()} may come
 * from any.
 */
final class PartFile {
    private static final int HEAD = 64;

    private final Path target;
    private final Path path;
    private final FileChannel channel;
    private final byte[] head = new byte[HEAD];
    private final Hasher hasher = Hashing.sha256().newHasher();
    private long length;

    private PartFile(Path target, Path path, FileChannel channel) {
        this.target = target;
        this.path = path;
        this.channel = channel;
    }

    static Path beside(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Starts over with what an earlier run may have left, and makes the directory where there is none. */
    static PartFile create(Path target) throws IOException {
        Path directory = target.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path path = beside(target);
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new PartFile(target, path, channel);
    }

    void write(ByteBuffer bytes) throws IOException {
        if (length < HEAD) {
            int wanted = Math.min(bytes.remaining(), HEAD - (int) length);
            bytes.duplicate().get(head, (int) length, wanted);
        }
        length += bytes.remaining();
        hasher.putBytes(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    long length() {
        return length;
    }

    /** Whether the first bytes are those of a web page, whatever the answer's header says. */
    boolean looksLikeWebPage() {
        String start = new String(head, 0, (int) Math.min(length, HEAD), StandardCharsets.ISO_8859_1)
                .replaceFirst("^\u00ef\u00bb\u00bf", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head");
    }

    /** Gives the file its name, in place of any there was, and returns the SHA-256 of its bytes in hexadecimal. */
    String moveIntoPlace() throws IOException {
        channel.close();
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unusualFileSystem) {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return hasher.hash().toString();
    }

    /** Removes it, also while it is being written: the writer then fails. */
    void discard() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException leftBehind) {
            System.getLogger(PartFile.class.getName())
                    .log(System.Logger.Level.WARNING, () -> "Could not remove " + path, leftBehind);
        }
    }
}
