package dev.gearshift.cli;

import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the simulator serves. */
final class GalleryOptions {
    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many images its gallery has. Default: 91, or all of the folder.")
    private @Nullable Integer count;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "200ms",
            converter = DurationConverter.class,
            description = "How long each answer waits, such as 200ms or 1s. Default: ${DEFAULT-VALUE}.")
    private Duration latency = Duration.ofMillis(200);

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Serve the JPEG and PNG files of this folder instead of generated ones.")
    private @Nullable Path folder;

    @Option(
            names = "--image-bytes",
            paramLabel = "N",
            description = "About how large a generated image is. Default: 230400.")
    private @Nullable Integer imageBytes;

    Duration latency() {
        return latency;
    }

    SimulatorSettings settings() {
        SimulatorSettings settings = SimulatorSettings.defaults().withLatency(latency);
        if (folder != null) {
            if (!Files.isDirectory(folder)) {
                throw new UsageException("--images " + folder + " is no folder: name one with JPEG or PNG files.");
            }
            settings = settings.withFolder(folder).withImages(SimulatorSettings.ALL_IMAGES);
        }
        int images = count == null ? settings.images() : count;
        if (imageBytes != null) {
            // How many and how large is checked together: neither may meet the other's default.
            settings = settings.withImages(1).withImageBytes(imageBytes);
        }
        return settings.withImages(images);
    }
}
