package dev.gearshift.images;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes files so that under their names there is never half of one. */
final class WholeFile {
    private WholeFile() {}

    /** Writes the file, in place of any there was; its folder is made if it is missing. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // A name of its own: the same task may run twice at a time, where a strategy takes the first for lost.
        String suffix = "." + Integer.toHexString(ThreadLocalRandom.current().nextInt()) + ".part";
        Path part = file.resolveSibling(file.getFileName() + suffix);
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Gives a whole file its name, in place of any there was. */
    static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unusualFileSystem) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
