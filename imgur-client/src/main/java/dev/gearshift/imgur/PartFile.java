package dev.gearshift.imgur;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a download before they have proved to be the file: {@code NAME.part} beside the target, so that the move
 * into place stays within one file system and is atomic; locked, so that no two downloads mix. Written by one thread at
 * a time; {@link #discard()} may come from any.
 */
final class PartFile {
    private static final int HEAD = 64;

    /** Part files of this JVM: locks of files keep out other processes only. */
    private static final Set<Path> WRITTEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path target;
    private final Path path;
    private final FileChannel channel;
    private final byte[] head = new byte[HEAD];
    private final Hasher hasher = Hashing.sha256().newHasher();
    private final PictureEnd pictureEnd = new PictureEnd();
    private @Nullable String sha256;
    private long length;

    private PartFile(Path target, Path path, FileChannel channel) {
        this.target = target;
        this.path = path;
        this.channel = channel;
    }

    /** Another download writes to the same target. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        BusyException(Path target) {
            super("another download is writing to " + target + " already");
        }
    }

    static Path beside(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /**
     * Starts over with what an earlier run may have left, and makes the directory where there is none.
     *
     * @throws BusyException if somebody else is writing it, here or in another process
     */
    static PartFile create(Path target) throws IOException {
        Path directory = target.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path path = beside(target);
        if (!WRITTEN_HERE.add(key(path))) {
            throw new BusyException(target);
        }
        try {
            return new PartFile(target, path, open(target, path));
        } catch (Throwable e) {
            WRITTEN_HERE.remove(key(path));
            throw e;
        }
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Only ever a file that did not exist: one that did may just get its final name from another process. */
    private static FileChannel open(Path target, Path path) throws IOException {
        while (true) {
            try {
                FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if (isOurs(channel)) {
                    return channel;
                }
                channel.close();
                throw new BusyException(target);
            } catch (FileAlreadyExistsException e) {
                removeLeftOver(target, path);
            }
        }
    }

    private static void removeLeftOver(Path target, Path path) throws IOException {
        try (FileChannel leftOver = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (!isOurs(leftOver)) {
                throw new BusyException(target);
            }
            Files.deleteIfExists(path);
        } catch (NoSuchFileException e) {
            // It has got its final name meanwhile, or somebody else removed it.
        }
    }

    /** Whether nobody else has it; the lock goes with the channel, and with the process. */
    private static boolean isOurs(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true; // A file system without locks, where nobody can tell.
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        if (length < HEAD) {
            int wanted = Math.min(bytes.remaining(), HEAD - (int) length);
            bytes.duplicate().get(head, (int) length, wanted);
        }
        length += bytes.remaining();
        hasher.putBytes(bytes.duplicate());
        pictureEnd.add(bytes.duplicate());
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

    /** Whether it is a JPEG or PNG that stops before its own end, whatever the answer's header says. */
    boolean isPictureCutShort() {
        return pictureEnd.isMissing();
    }

    /** The SHA-256 of its bytes in hexadecimal, once all are written. */
    String sha256() {
        String hash = sha256;
        if (hash == null) {
            hash = hasher.hash().toString();
            sha256 = hash;
        }
        return hash;
    }

    /** Gives the file its name, in place of any there was. */
    void moveIntoPlace() throws IOException {
        channel.close();
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unusualFileSystem) {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
        WRITTEN_HERE.remove(key(path));
    }

    /** Removes it, also while it is being written: the writer then fails. */
    void discard() {
        try {
            Files.deleteIfExists(path); // first, as the lock goes with the channel
            channel.close();
        } catch (IOException leftBehind) {
            System.getLogger(PartFile.class.getName())
                    .log(System.Logger.Level.WARNING, () -> "Could not remove " + path, leftBehind);
        } finally {
            WRITTEN_HERE.remove(key(path));
        }
    }
}
