package dev.gearshift.cli;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.gearshift.executors.StrategyChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders that commands write to. */
final class Folders {
    private Folders() {}

    /** The folder, made if it is missing. */
    static Path writable(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new WorkFailedException(folder + " is no folder but a file. Name another with --out.");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new WorkFailedException(
                    "The folder " + folder + " cannot be made: " + e + ". Name another with --out.", e);
        }
        if (!Files.isWritable(folder)) {
            throw new WorkFailedException("The folder " + folder + " cannot be written to. Name another with --out.");
        }
        return folder;
    }

    /** As a task has it: a worker elsewhere was perhaps started in another folder. */
    static Path forTasks(StrategyChoice choice, Path path) {
        return StrategyOptions.runsElsewhere(choice) ? path.toAbsolutePath() : path;
    }

    static void deleteAll(Path folder) {
        try {
            if (Files.exists(folder)) {
                MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder " + folder + " could not be deleted", e);
        }
    }
}
