package dev.gearshift.executors.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of classes that are loaded and linked already, for workers that start with the same Java, flags, class path and
 * module path: a class-data archive before Java 25, an AOT cache since. The file has a checksum in its name, so that one
 * that was cut off or spoilt is not used; the JVM itself refuses what does not fit, and starts without it. Thread-safe.
 */
final class ClassCache {
    private static final System.Logger LOG = System.getLogger(ClassCache.class.getName());

    /** Each is some 20 megabytes; those of earlier builds go. */
    private static final int MOST_FILES = 6;

    /** Which were used latest need not be known better. */
    private static final Duration BETWEEN_USES = Duration.ofHours(1);

    /** Files whose checksum was right, as they were then: no other pool of this JVM reads them again. */
    private static final Map<Path, Stamp> READ = new ConcurrentHashMap<>();

    private static final int FIRST_WITH_AOT_CACHE = 25;

    private final Path folder;
    private final String key;
    private final boolean isAot;
    private volatile boolean discarded;

    /** Guarded by this. */
    private @Nullable Path whole;

    /** What changes when somebody writes to a file. */
    private record Stamp(
            long size, FileTime modified, @Nullable Object file) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.size(), now.lastModifiedTime(), now.fileKey());
        }
    }

    ClassCache(Path folder, String key) {
        this.folder = folder;
        this.key = key;
        this.isAot = Runtime.version().feature() >= FIRST_WITH_AOT_CACHE;
    }

    /** Where programs keep what they can make anew; nothing if there is no home. */
    static Optional<Path> usualFolder() {
        String home = System.getProperty("user.home", "");
        String system = System.getProperty("os.name", "");
        String set = System.getenv(system.startsWith("Windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        if (set != null && Path.of(set).isAbsolute()) {
            return Optional.of(Path.of(set, "gearshift"));
        }
        if (home.isEmpty() || !Files.isDirectory(Path.of(home))) {
            return Optional.empty();
        }
        return Optional.of(Path.of(home, system.startsWith("Mac") ? "Library/Caches" : ".cache", "gearshift"));
    }

    /**
     * For workers that are started with these arguments; null if none is to be had: the settings want none, the workers
     * have another Java, or their classes are not all in jars.
     */
    static @Nullable ClassCache of(ProcessSettings settings, List<String> arguments) {
        Path folder = settings.classCache();
        if (folder == null
                || !settings.java().startsWith(Path.of(System.getProperty("java.home")))
                || arguments.stream().anyMatch(ClassCache::isAboutArchives)) {
            return null;
        }
        try {
            return new ClassCache(folder, key(arguments));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Without a class cache", e);
            return null;
        }
    }

    private static boolean isAboutArchives(String argument) {
        return argument.startsWith("-Xshare")
                || argument.contains("SharedArchive")
                || argument.contains("ArchiveClasses")
                || argument.startsWith("-XX:AOT");
    }

    private static String key(List<String> arguments) throws IOException {
        StringBuilder all = new StringBuilder(System.getProperty("java.vm.name"))
                .append(Runtime.version())
                .append(System.getProperty("java.vm.vendor"))
                .append(System.getProperty("java.home"));
        for (String argument : arguments) {
            if (!WorkerCommand.isOfOnePool(argument)) {
                all.append('\n').append(argument);
            }
        }
        for (Path jar : WorkerCommand.classPath()) {
            if (!Files.isRegularFile(jar)) {
                throw new IOException(jar + " is no jar.");
            }
            all.append('\n').append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return "workers-" + HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has it.
        }
    }

    /** For a worker: none while there is no file. */
    List<String> flags() {
        Path file = discarded ? null : checked();
        if (file == null) {
            return List.of();
        }
        return List.of(
                (isAot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file,
                "-Xlog:disable", // It would say, on the task's own output, that the file does not fit.
                "-Xlog:all=warning:stderr",
                "-Xlog:" + (isAot ? "aot*" : "cds*") + "=off:stderr");
    }

    /** It is read once in each JVM, by the first worker that starts. */
    private synchronized @Nullable Path checked() {
        if (whole == null) {
            whole = find();
        }
        return whole;
    }

    /** Whether one should be made; not if one was, and is no good. */
    boolean isMissing() {
        boolean mayWrite = !Files.exists(folder) || isOwn(folder);
        return mayWrite && !discarded && checked() == null && !Files.exists(folder.resolve(key + ".none"));
    }

    private @Nullable Path find() {
        if (!isOwn(folder)) {
            return null;
        }
        try (Stream<Path> all = Files.list(folder)) {
            Optional<Path> found = all.filter(this::isWhole).findFirst();
            found.ifPresent(ClassCache::isUsed);
            return found.orElse(null);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Without a class cache", e);
            return null;
        }
    }

    private boolean isWhole(Path file) {
        try {
            String name = file.getFileName().toString();
            if (!name.startsWith(key)) {
                return false;
            }
            Stamp now = Stamp.of(file); // Before it is read: what is written meanwhile changes it.
            if (now.equals(READ.get(file))) {
                return true;
            }
            boolean isWhole = name.equals(name(checksum(file)));
            if (isWhole) {
                READ.put(file, now);
            }
            return isWhole;
        } catch (IOException e) {
            return false; // It is just being deleted.
        }
    }

    private String name(long checksum) {
        return String.format("%s-%08x%s", key, checksum, isAot ? ".aot" : ".jsa");
    }

    private static long checksum(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        }
        return checksum.getValue();
    }

    private static void isUsed(Path file) {
        try {
            Instant now = Instant.now();
            if (lastUsed(file).toInstant().isBefore(now.minus(BETWEEN_USES))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
                READ.put(file, Stamp.of(file));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The time of " + file + " stays as it is", e);
        }
    }

    /** Whoever else could write there could have workers run anything. */
    private static boolean isOwn(Path folder) {
        String home = System.getProperty("user.home", "");
        try {
            return Files.isDirectory(folder)
                    && Files.getOwner(folder).equals(Files.getOwner(Path.of(home)))
                    && (!isPosix(folder)
                            || Files.getPosixFilePermissions(folder).stream().noneMatch(ClassCache::isForOthers));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static boolean isForOthers(PosixFilePermission permission) {
        return permission == PosixFilePermission.GROUP_WRITE || permission == PosixFilePermission.OTHERS_WRITE;
    }

    // Making one.

    /** A worker with these flags writes one when it leaves. */
    List<String> flagsToMake(Path file) {
        return List.of((isAot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file, "-Xlog:disable");
    }

    /** Keeps what was written, or that nothing could be: that is not tried again. */
    void made(Path written) throws IOException {
        Files.createDirectories(folder, PoolFolder.privately(folder));
        if (Files.exists(written) && Files.size(written) > 0) {
            Path part = Files.createTempFile(folder, key, ".part");
            try {
                Files.copy(written, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, folder.resolve(name(checksum(part))), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            prune();
        } else {
            Files.writeString(folder.resolve(key + ".none"), "No class cache can be made for these workers.\n");
        }
    }

    private void prune() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> old = all.filter(file -> file.getFileName().toString().startsWith("workers-"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(ClassCache::lastUsed).reversed())
                    .skip(MOST_FILES)
                    .toList();
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static FileTime lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // It is just being deleted.
        }
    }

    /** A worker did not start with it: no other of this pool is to try. */
    void discard() {
        discarded = true;
    }

    /** No other pool is to try either. */
    void delete() {
        Path spoilt = checked();
        try {
            if (spoilt != null) {
                Files.deleteIfExists(spoilt);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, spoilt + " stays", e);
        }
    }
}
