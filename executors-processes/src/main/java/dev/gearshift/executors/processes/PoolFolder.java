package dev.gearshift.executors.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of one pool in the temporary folder, for nobody else to enter. A lock in it is held as long as the pool lives,
 * so that what a killed JVM left behind is told from what is in use, and swept when the next pool is opened.
 */
final class PoolFolder {
    private static final System.Logger LOG = System.getLogger(PoolFolder.class.getName());
    private static final String PREFIX = "gearshift-pool-";
    private static final String NAME = PREFIX + thisJvm() + "-";
    private static final String LOCK = "lock";

    /** From there on, workers wait for the lock; so one that has just got it keeps nobody from sweeping. */
    private static final int WORKERS_PART = 1;

    /** A folder this young may not have its lock yet. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lock;

    /** Its process id, which another may have had before, in a container perhaps always, and when it began. */
    private static String thisJvm() {
        ProcessHandle here = ProcessHandle.current();
        long began = here.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        return here.pid() + "-" + Long.toString(began, Character.MAX_RADIX);
    }

    private PoolFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static PoolFolder create() {
        return createIn(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
    }

    static PoolFolder createIn(Path temporary) {
        try {
            Path path = Files.createTempDirectory(temporary, NAME, privately(temporary));
            return new PoolFolder(path, prepared(path, temporary));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "No folder for the workers' sockets can be made in " + temporary
                            + ": give the JVM a temporary folder that can be written, by -Djava.io.tmpdir.",
                    e);
        }
    }

    private static FileChannel prepared(Path folder, Path temporary) throws IOException {
        try {
            sweep(temporary, Files.getOwner(folder));
            return locked(folder);
        } catch (IOException e) {
            deleteAll(folder);
            throw e;
        }
    }

    /** Under its name the lock is never seen free while its pool lives: it gets the name when it is held. */
    private static FileChannel locked(Path folder) throws IOException {
        Path unnamed = folder.resolve(LOCK + ".part");
        FileChannel lock = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        Files.move(unnamed, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return lock;
    }

    /** Attributes of a folder for nobody else, where the parent knows such. */
    static FileAttribute<?>[] privately(Path parent) {
        return parent.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Locked as long as this JVM lives, or until this is deleted. */
    Path lock() {
        return resolve(LOCK);
    }

    /** For a worker, with that file: returns when that is so no more. */
    static void awaitEnd(FileChannel lock) throws IOException {
        lock.lock(WORKERS_PART, 1, true); // Shared: all workers have it at once.
    }

    /** Deletes all of it; once is enough. */
    void delete() {
        try {
            lock.close();
            deleteAll(path);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The folder " + path + " cannot be deleted", e);
        }
    }

    private static void sweep(Path temporary, UserPrincipal self) {
        try (Stream<Path> all = Files.list(temporary)) {
            List<Path> folders = all.filter(
                            folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .toList();
            folders.forEach(folder -> sweepOne(folder, self));
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "What earlier pools left in " + temporary + " stays there", e);
        }
    }

    private static void sweepOne(Path folder, UserPrincipal self) {
        // Opening the lock of one of this JVM's own folders and closing it again would release it.
        if (folder.getFileName().toString().startsWith(NAME)) {
            return;
        }
        try {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(self)
                    && isStale(folder)) {
                deleteAll(folder);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, folder + " stays: it is somebody else's, or just going", e);
        }
    }

    private static boolean isStale(Path folder) throws IOException {
        Path lock = folder.resolve(LOCK);
        if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            return isOld(folder);
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return channel.tryLock(0, WORKERS_PART, false) != null;
        } catch (NoSuchFileException e) {
            return false; // Somebody else has swept it.
        }
    }

    private static boolean isOld(Path folder) throws IOException {
        try {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(YOUNG));
        } catch (NoSuchFileException e) {
            return false; // Somebody else has swept it.
        }
    }

    /** Others may be at it too: what is gone is as good as deleted. */
    private static void deleteAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null && !(failure instanceof NoSuchFileException)) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
