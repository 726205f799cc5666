package dev.gearshift.cli;

import dev.gearshift.imgur.DownloadedFile;
import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.simulator.ServedImage;
import dev.gearshift.imgur.simulator.SimulatorProcess;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import dev.gearshift.imgur.simulator.SimulatorStats;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The gallery that all strategies download: the simulator's, or Imgur's own. */
final class ComparedGallery implements AutoCloseable {
    private final @Nullable SimulatorProcess simulator;
    private final @Nullable Duration latency;
    private final ImgurClient client;
    private final List<URI> links;
    private final Map<URI, ServedImage> served;

    private ComparedGallery(
            @Nullable SimulatorProcess simulator, @Nullable Duration latency, ImgurClient client, PrintWriter err) {
        this.simulator = simulator;
        this.latency = latency;
        this.client = client;
        this.links = linksOf(client);
        this.served = simulator == null
                ? Map.of()
                : simulator.images().stream().collect(Collectors.toMap(ServedImage::link, Function.identity()));
        err.println(links.size() + " images in the gallery; GIFs and albums left out.");
        err.flush();
    }

    private static List<URI> linksOf(ImgurClient client) {
        try {
            return Sources.stillImages(client.gallery().random().page(0).send());
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    static ComparedGallery simulated(SimulatorSettings settings, PrintWriter err) throws IOException {
        boolean counted = settings.images() != SimulatorSettings.ALL_IMAGES;
        SimulatorProcess simulator;
        try (Progress progress =
                new Progress(err, "Starting the simulator, images prepared", counted ? settings.images() : -1)) {
            simulator = SimulatorProcess.start(settings, progress::at);
        } catch (IllegalStateException e) {
            throw new WorkFailedException(String.valueOf(e.getMessage()), e);
        }
        try {
            ImgurClient client = ImgurClient.builder()
                    .clientId("gearshift-compare")
                    .apiUri(simulator.apiUri())
                    .build();
            return new ComparedGallery(simulator, settings.latency(), client, err);
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    static ComparedGallery live(PrintWriter err) {
        return new ComparedGallery(null, null, ImgurOptions.clientFromEnvironment(), err);
    }

    List<URI> links() {
        return links;
    }

    /** How long each answer waits on purpose; null where nobody knows. */
    @Nullable
    Duration latency() {
        return latency;
    }

    void forgetCounts() {
        if (simulator != null) {
            simulator.resetStats();
        }
    }

    /** The most requests at once since the last {@link #forgetCounts}, as the server saw them. */
    @Nullable
    Long peakInFlight() {
        return simulator == null ? null : peak(simulator.stats());
    }

    private static Long peak(SimulatorStats stats) {
        return stats.peakInFlight();
    }

    /** Whether a file is what the server has, by size and hash; where it cannot be asked, whether it came whole. */
    boolean matches(DownloadedFile file) {
        if (simulator == null) {
            return true;
        }
        ServedImage expected = served.get(file.uri());
        return expected != null
                && expected.bytes() == file.bytes()
                && expected.sha256().equals(file.sha256());
    }

    @Override
    public void close() {
        client.close();
        if (simulator != null) {
            simulator.close();
        }
    }
}
