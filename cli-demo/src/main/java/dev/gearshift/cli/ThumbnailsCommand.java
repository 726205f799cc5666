package dev.gearshift.cli;

import dev.gearshift.executors.StrategyChoice;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.images.MakeThumbnail;
import dev.gearshift.images.Thumbnail;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "thumbnails",
        description = "Makes a thumbnail of each image in a folder, beside it, as NAME_thumbnail.EXT. Never of a"
                + " thumbnail, and never larger than the image. Under redis the workers read and write those folders, by"
                + " their absolute paths: so they should be folders that all of them share.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class ThumbnailsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable Main main;

    @Parameters(arity = "1", paramLabel = "DIR", description = "The folder with the images.")
    private Path folder = Path.of(".");

    @Mixin
    private StrategyOptions strategy = new StrategyOptions();

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "128",
            description = "The square that each must fit in. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Put them there instead of beside the images.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        if (size < 1) {
            throw new UsageException("--size must be 1 or more pixels, but is " + size + ".");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException(folder + " is no folder: name one with images.");
        }
        StrategyChoice choice = strategy.choose("threads");
        StrategySettings settings = settings(choice);
        Path target = Folders.forTasks(choice, Folders.writable(out == null ? folder : out));
        List<Task<Thumbnail>> tasks = new ArrayList<>();
        for (Path image : MakeThumbnail.sourcesIn(Folders.forTasks(choice, folder))) {
            tasks.add(new MakeThumbnail(image, target, size));
        }
        err.println("Strategy: " + StrategyOptions.describe(choice));
        BatchReport report = StrategyRun.run(choice, settings, executor -> {
            Batch.Result result = Batch.run(
                    err, Objects.requireNonNull(main).interruption(), "Thumbnails", executor, tasks, new Thumbnails());
            return BatchReport.of(choice, executor, tasks.size(), 0, result);
        });
        report.print(spec.commandLine().getOut(), json, summary(report));
        return report.exitCode();
    }

    /**
     * Work that computes: a worker for each processor, unless told otherwise. Elsewhere, as many as the workers there
     * say: the processors that are here have no part in it.
     */
    private StrategySettings settings(StrategyChoice choice) {
        StrategySettings settings = strategy.settings();
        return settings.parallelism().isPresent() || StrategyOptions.runsElsewhere(choice)
                ? settings
                : settings.withParallelism(Processors.workersFor(choice.strategy()));
    }

    private String summary(BatchReport report) {
        return String.format(
                Locale.ROOT,
                "%d thumbnails of %d images in %.1f s (%.1f/s)%s",
                report.done(),
                report.found(),
                report.seconds(),
                report.perSecond(),
                report.rest());
    }
}
