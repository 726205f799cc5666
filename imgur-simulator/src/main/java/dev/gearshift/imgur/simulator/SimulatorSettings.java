package dev.gearshift.imgur.simulator;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a simulator serves, and how fast. Immutable; start from {@link #defaults()} and change what matters:
 *
 * <pre>{@code
 * var settings = SimulatorSettings.defaults().withImages(10).withLatency(Duration.ofMillis(200));
 * }</pre>
 *
 * @param port the TCP port on 127.0.0.1, 0 to 65535; 0 takes any free one
 * @param images how many JPEG and PNG images the gallery offers, at least 1; with a {@code folder}, at most how many of
 *     its files ({@link #ALL_IMAGES} for all)
 * @param latency how long each request to the API and to the image host waits for its answer, from zero to one hour
 * @param imageBytes about how large one generated image is, in bytes, from {@value #MIN_IMAGE_BYTES} to
 *     {@value #MAX_IMAGE_BYTES}; without meaning when there is a {@code folder}
 * @param seed chooses the generated pictures, ids and titles: the same seed gives the same on the same JDK
 * @param folder serve the {@code .jpg}, {@code .jpeg} and {@code .png} files in this folder instead of generated
 *     images, sorted by name; null to generate
 * @param requireClientId whether the API answers 401 to a request without an {@code Authorization} header
 * @param credits how many credits there are before the API answers 429
 * @param tokenLifetime for how long an access token holds, from one second to 365 days
 * @param maxUploadBytes the largest image that can be uploaded, in bytes, from 1 to {@value #MAX_UPLOAD_BYTES}
 * @param hideMature whether listings leave out what is marked as mature, unless there is an access token or {@code
 *     mature=true}
 * @param oddLinks whether links show the oddities of old items: {@code ?1} at the end, an extension that isn't the
 *     type, large GIFs that link to a still
 * @param faults what goes wrong
 */
public record SimulatorSettings(
        int port,
        int images,
        Duration latency,
        int imageBytes,
        long seed,
        @Nullable Path folder,
        boolean requireClientId,
        CreditLimits credits,
        Duration tokenLifetime,
        int maxUploadBytes,
        boolean hideMature,
        boolean oddLinks,
        Faults faults) {

    /** As a count of images: every file of the folder. */
    public static final int ALL_IMAGES = Integer.MAX_VALUE;

    /** The smallest generated image, in bytes. */
    public static final int MIN_IMAGE_BYTES = 512;

    /** The largest generated image, in bytes: 8 MiB. */
    public static final int MAX_IMAGE_BYTES = 8 << 20;

    /** The largest possible limit for uploads: 20 MiB. */
    public static final int MAX_UPLOAD_BYTES = 20 << 20;

    private static final int DEFAULT_IMAGES = 91;
    private static final int DEFAULT_IMAGE_BYTES = 225 * 1024;
    private static final long MAX_GENERATED_BYTES = 512L << 20;
    private static final Duration MAX_LATENCY = Duration.ofHours(1);
    private static final Duration DEFAULT_TOKEN_LIFETIME = Duration.ofDays(28);
    private static final Duration MAX_TOKEN_LIFETIME = Duration.ofDays(365);

    /**
     * Checks the values against each other.
     *
     * @throws IllegalArgumentException if one is outside its range, the folder is not a folder, or the generated images
     *     would take more than 512 MiB together
     */
    public SimulatorSettings {
        requireNonNull(latency, "latency");
        requireNonNull(credits, "credits");
        requireNonNull(tokenLifetime, "tokenLifetime");
        requireNonNull(faults, "faults");
        require(port >= 0 && port <= 65535, "The port must be from 0 to 65535 (0 takes any free one), not %d.", port);
        require(images >= 1, "The gallery needs at least 1 image, not %d.", images);
        require(
                !latency.isNegative() && latency.compareTo(MAX_LATENCY) <= 0,
                "The latency must be from 0 to 1 hour, not %s.",
                latency);
        require(
                imageBytes >= MIN_IMAGE_BYTES && imageBytes <= MAX_IMAGE_BYTES,
                "An image takes from %d to %d bytes, not %d.",
                MIN_IMAGE_BYTES,
                MAX_IMAGE_BYTES,
                imageBytes);
        require(
                tokenLifetime.compareTo(Duration.ofSeconds(1)) >= 0 && tokenLifetime.compareTo(MAX_TOKEN_LIFETIME) <= 0,
                "An access token holds from 1 second to 365 days, not %s.",
                tokenLifetime);
        require(
                maxUploadBytes >= 1 && maxUploadBytes <= MAX_UPLOAD_BYTES,
                "The limit for uploads must be from 1 to %d bytes, not %d.",
                MAX_UPLOAD_BYTES,
                maxUploadBytes);
        if (folder == null) {
            require(
                    (long) images * imageBytes <= MAX_GENERATED_BYTES,
                    "%d images of %d bytes are more than the 512 MiB the simulator holds in memory;"
                            + " lower one of the two, or serve a folder.",
                    images,
                    imageBytes);
        } else {
            require(Files.isDirectory(folder), "The images folder %s does not exist or is not a folder.", folder);
        }
    }

    /**
     * Any free port, 91 generated images of about 225 KiB, no latency, seed 1, a client id required, Imgur's own
     * limits, tokens that hold for 28 days, uploads of up to 20 MiB, everything shown, plain links, and nothing that
     * goes wrong.
     *
     * @return the settings to start from
     */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(
                0,
                DEFAULT_IMAGES,
                Duration.ZERO,
                DEFAULT_IMAGE_BYTES,
                1,
                null,
                true,
                CreditLimits.imgur(),
                DEFAULT_TOKEN_LIFETIME,
                MAX_UPLOAD_BYTES,
                false,
                false,
                Faults.none());
    }

    /**
     * The same on another port.
     *
     * @param port 0 to 65535
     * @return a changed copy
     */
    public SimulatorSettings withPort(int port) {
        return changed(draft -> draft.port = port);
    }

    /**
     * The same with another count of images.
     *
     * @param images at least 1
     * @return a changed copy
     */
    public SimulatorSettings withImages(int images) {
        return changed(draft -> draft.images = images);
    }

    /**
     * The same with another latency.
     *
     * @param latency from zero to one hour
     * @return a changed copy
     */
    public SimulatorSettings withLatency(Duration latency) {
        return changed(draft -> draft.latency = latency);
    }

    /**
     * The same with images of another size.
     *
     * @param imageBytes from {@value #MIN_IMAGE_BYTES} to {@value #MAX_IMAGE_BYTES}
     * @return a changed copy
     */
    public SimulatorSettings withImageBytes(int imageBytes) {
        return changed(draft -> draft.imageBytes = imageBytes);
    }

    /**
     * The same with other pictures.
     *
     * @param seed any number
     * @return a changed copy
     */
    public SimulatorSettings withSeed(long seed) {
        return changed(draft -> draft.seed = seed);
    }

    /**
     * The same, serving all images of a folder; a {@link #withImages} after it caps their number.
     *
     * @param folder an existing folder
     * @return a changed copy
     */
    public SimulatorSettings withFolder(Path folder) {
        requireNonNull(folder, "folder");
        return changed(draft -> {
            draft.folder = folder;
            draft.images = ALL_IMAGES;
        });
    }

    /**
     * The same, with or without the need for a client id.
     *
     * @param requireClientId whether the API answers 401 to a request without an {@code Authorization} header
     * @return a changed copy
     */
    public SimulatorSettings withRequireClientId(boolean requireClientId) {
        return changed(draft -> draft.requireClientId = requireClientId);
    }

    /**
     * The same with other limits.
     *
     * @param credits how many credits there are before the API answers 429
     * @return a changed copy
     */
    public SimulatorSettings withCredits(CreditLimits credits) {
        return changed(draft -> draft.credits = credits);
    }

    /**
     * The same with access tokens that hold for another time.
     *
     * @param tokenLifetime from one second to 365 days
     * @return a changed copy
     */
    public SimulatorSettings withTokenLifetime(Duration tokenLifetime) {
        return changed(draft -> draft.tokenLifetime = tokenLifetime);
    }

    /**
     * The same with another limit for uploads.
     *
     * @param maxUploadBytes from 1 to {@value #MAX_UPLOAD_BYTES}
     * @return a changed copy
     */
    public SimulatorSettings withMaxUploadBytes(int maxUploadBytes) {
        return changed(draft -> draft.maxUploadBytes = maxUploadBytes);
    }

    /**
     * The same, with or without what is marked as mature.
     *
     * @param hideMature whether listings leave it out, unless there is an access token or {@code mature=true}
     * @return a changed copy
     */
    public SimulatorSettings withHideMature(boolean hideMature) {
        return changed(draft -> draft.hideMature = hideMature);
    }

    /**
     * The same with plain or odd links.
     *
     * @param oddLinks whether links show the oddities of old items
     * @return a changed copy
     */
    public SimulatorSettings withOddLinks(boolean oddLinks) {
        return changed(draft -> draft.oddLinks = oddLinks);
    }

    /**
     * The same with other faults.
     *
     * @param faults what goes wrong
     * @return a changed copy
     */
    public SimulatorSettings withFaults(Faults faults) {
        return changed(draft -> draft.faults = faults);
    }

    private SimulatorSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings that are being changed. */
    private static final class Draft {

        int port;
        int images;
        Duration latency;
        int imageBytes;
        long seed;

        @Nullable
        Path folder;

        boolean requireClientId;
        CreditLimits credits;
        Duration tokenLifetime;
        int maxUploadBytes;
        boolean hideMature;
        boolean oddLinks;
        Faults faults;

        Draft(SimulatorSettings from) {
            port = from.port;
            images = from.images;
            latency = from.latency;
            imageBytes = from.imageBytes;
            seed = from.seed;
            folder = from.folder;
            requireClientId = from.requireClientId;
            credits = from.credits;
            tokenLifetime = from.tokenLifetime;
            maxUploadBytes = from.maxUploadBytes;
            hideMature = from.hideMature;
            oddLinks = from.oddLinks;
            faults = from.faults;
        }

        SimulatorSettings settings() {
            return new SimulatorSettings(
                    port,
                    images,
                    latency,
                    imageBytes,
                    seed,
                    folder,
                    requireClientId,
                    credits,
                    tokenLifetime,
                    maxUploadBytes,
                    hideMature,
                    oddLinks,
                    faults);
        }
    }

    private static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(message, values));
        }
    }
}
