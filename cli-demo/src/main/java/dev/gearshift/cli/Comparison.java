package dev.gearshift.cli;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.InstalledStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.images.DownloadImage;
import dev.gearshift.images.FileNames;
import dev.gearshift.images.MakeThumbnail;
import dev.gearshift.images.Thumbnail;
import dev.gearshift.imgur.DownloadedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Runs the same downloads, then the same thumbnails, under each strategy in turn. */
final class Comparison {
    private static final int WARM_UP_WIDTH = 16;
    private static final int THUMBNAIL_SIZE = 128;

    private final ComparedGallery gallery;
    private final List<InstalledStrategy> strategies;
    private final Map<String, String> missing;
    private final StrategySettings settings;
    private final Path folder;
    private final PrintWriter err;
    private final Interruption interruption;
    private final List<String> problems = new ArrayList<>();

    /**
     * Nothing runs yet.
     *
     * @param missing why strategies cannot run here beyond what they know themselves, by their ids
     */
    Comparison(
            ComparedGallery gallery,
            List<InstalledStrategy> strategies,
            Map<String, String> missing,
            StrategySettings settings,
            Path folder,
            PrintWriter err,
            Interruption interruption) {
        this.gallery = gallery;
        this.strategies = strategies;
        this.missing = missing;
        this.settings = settings;
        this.folder = folder;
        this.err = err;
        this.interruption = interruption;
    }

    /**
     * What came out.
     *
     * @param java the Java that ran it
     * @param processors how many it saw
     * @param images how many images the gallery has
     * @param latencySeconds how long each answer waits on purpose; null on Imgur itself
     * @param downloads a row for each strategy
     * @param thumbnails a row for each strategy
     * @param problems what failed, one sentence each
     */
    record Report(
            String java,
            int processors,
            int images,
            @Nullable Double latencySeconds,
            List<ComparisonRow> downloads,
            List<ComparisonRow> thumbnails,
            List<String> problems) {
        int failures() {
            return problems.size();
        }

        String downloadTitle() {
            return String.format(
                    Locale.ROOT,
                    "Download: %d images%s (Java %s, %d processors)",
                    images,
                    latencySeconds == null ? "" : String.format(Locale.ROOT, " at %.0f ms each", latencySeconds * 1e3),
                    java,
                    processors);
        }

        String thumbnailTitle() {
            return "Thumbnails: the same images, " + THUMBNAIL_SIZE + "x" + THUMBNAIL_SIZE;
        }

        String verdict() {
            if (problems.isEmpty()) {
                return "Every download was verified"
                        + (latencySeconds == null ? "." : " by size and SHA-256 against what the server has.");
            }
            return problems.size() + " failed, such as: " + problems.get(0);
        }
    }

    Report run() throws IOException {
        warmUp();
        List<ComparisonRow> downloads = new ArrayList<>();
        Path downloaded = folder;
        for (InstalledStrategy installed : strategies) {
            Path target = folder.resolve(installed.strategy().id());
            ComparisonRow row = row(
                    installed.strategy(),
                    seconds(downloads),
                    waiting(installed.strategy()),
                    (executor, first) -> download(installed.strategy(), executor, target, first));
            downloads.add(row);
            if (row.reason() == null) {
                downloaded = target;
            }
        }
        List<Path> images = MakeThumbnail.sourcesIn(downloaded);
        List<ComparisonRow> thumbnails = new ArrayList<>();
        for (InstalledStrategy installed : strategies) {
            Path target = Files.createDirectories(
                    folder.resolve(installed.strategy().id()).resolve("thumbnails"));
            thumbnails.add(row(
                    installed.strategy(),
                    seconds(thumbnails),
                    computing(installed.strategy()),
                    (executor, first) -> thumbnails(installed.strategy(), executor, images, target, first)));
        }
        Duration latency = gallery.latency();
        return new Report(
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                gallery.links().size(),
                latency == null ? null : latency.toNanos() / 1e9,
                downloads,
                thumbnails,
                List.copyOf(problems));
    }

    private interface Half {
        ComparisonRow run(TaskExecutor executor, @Nullable Double sequentialSeconds);
    }

    private ComparisonRow row(
            ConcurrencyStrategy strategy, @Nullable Double sequentialSeconds, StrategySettings settings, Half half) {
        Optional<String> reason = unavailableBecause(strategy);
        if (reason.isPresent()) {
            return ComparisonRow.unavailable(strategy.id(), reason.get());
        }
        try (TaskExecutor executor = strategy.open(settings)) {
            return half.run(executor, sequentialSeconds);
        }
    }

    private Optional<String> unavailableBecause(ConcurrencyStrategy strategy) {
        return strategy.unavailableBecause().or(() -> Optional.ofNullable(missing.get(strategy.id())));
    }

    /** Downloads wait: the strategy's own width, or the one that was set. */
    private StrategySettings waiting(ConcurrencyStrategy strategy) {
        return Processors.isSequential(strategy) ? settings.withParallelism(1) : settings;
    }

    private StrategySettings computing(ConcurrencyStrategy strategy) {
        return settings.withParallelism(Processors.workersFor(strategy));
    }

    private static @Nullable Double seconds(List<ComparisonRow> rows) {
        return rows.isEmpty() ? null : rows.get(0).seconds();
    }

    /** Does all of it once, before anything is timed: classes are loaded, and the JIT has seen the code. */
    private void warmUp() throws IOException {
        Path scratch = Files.createDirectories(folder.resolve("warm-up"));
        ConcurrencyStrategy widest = strategies.get(0).strategy();
        for (InstalledStrategy installed : strategies) {
            widest = unavailableBecause(installed.strategy()).isEmpty() ? installed.strategy() : widest;
        }
        int width = Processors.isSequential(widest) ? 1 : WARM_UP_WIDTH;
        try (TaskExecutor executor = widest.open(settings.withParallelism(width))) {
            note(
                    "warm-up",
                    Batch.run(
                            err,
                            interruption,
                            "Warming up",
                            executor,
                            downloads(gallery.links(), scratch),
                            new Downloads()));
            List<Path> images = MakeThumbnail.sourcesIn(scratch);
            note(
                    "warm-up",
                    Batch.run(
                            err, interruption, "Warming up", executor, thumbnails(images, scratch), new Thumbnails()));
        } finally {
            Folders.deleteAll(scratch);
        }
    }

    private ComparisonRow download(
            ConcurrencyStrategy strategy, TaskExecutor executor, Path target, @Nullable Double sequentialSeconds) {
        Folders.writable(target);
        List<Task<DownloadedFile>> tasks = downloads(gallery.links(), target);
        gallery.forgetCounts();
        String title = strategy.id() + ": downloading";
        Batch.Result result = Batch.run(err, interruption, title, executor, tasks, new Verified(gallery));
        Long peakInFlight = gallery.peakInFlight();
        note(title, result);
        int workers = Math.min(executor.snapshot().parallelism(), tasks.size());
        Duration latency = gallery.latency();
        Double ideal = latency == null || workers == 0
                ? null
                : Math.ceil((double) tasks.size() / workers) * latency.toNanos() / 1e9;
        return ComparisonRow.of(
                strategy.id(),
                workers,
                tasks.size(),
                result.failures().size(),
                result.bytes(),
                ideal,
                sequentialSeconds,
                result.cost(),
                peakInFlight);
    }

    private ComparisonRow thumbnails(
            ConcurrencyStrategy strategy,
            TaskExecutor executor,
            List<Path> images,
            Path target,
            @Nullable Double sequentialSeconds) {
        List<Task<Thumbnail>> tasks = thumbnails(images, target);
        String title = strategy.id() + ": thumbnails";
        Batch.Result result = Batch.run(err, interruption, title, executor, tasks, new Thumbnails());
        note(title, result);
        return ComparisonRow.of(
                strategy.id(),
                Math.min(executor.snapshot().parallelism(), tasks.size()),
                tasks.size(),
                result.failures().size(),
                sizeOf(images),
                null,
                sequentialSeconds,
                result.cost(),
                null);
    }

    private void note(String what, Batch.Result result) {
        result.failures().forEach(failed -> problems.add(what + ": " + failed.what() + ": " + failed.reason()));
        if (result.notTried() > 0) {
            throw new CancellationException("Interrupted.");
        }
    }

    private static List<Task<DownloadedFile>> downloads(List<URI> links, Path target) {
        FileNames names = new FileNames();
        List<Task<DownloadedFile>> tasks = new ArrayList<>();
        links.forEach(link -> tasks.add(new DownloadImage(link, target.resolve(names.of(link)))));
        return tasks;
    }

    private static List<Task<Thumbnail>> thumbnails(List<Path> images, Path target) {
        List<Task<Thumbnail>> tasks = new ArrayList<>();
        images.forEach(image -> tasks.add(new MakeThumbnail(image, target, THUMBNAIL_SIZE)));
        return tasks;
    }

    /** A download counts only if it is what the server has. */
    private static final class Verified extends Downloads {
        private final ComparedGallery gallery;

        Verified(ComparedGallery gallery) {
            this.gallery = gallery;
        }

        @Override
        public @Nullable String problemOf(DownloadedFile file) {
            return gallery.matches(file) ? null : "does not match what the server has, by size and SHA-256";
        }
    }

    private static long sizeOf(List<Path> files) {
        long bytes = 0;
        for (Path file : files) {
            bytes += file.toFile().length();
        }
        return bytes;
    }
}
