package dev.gearshift.cli;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.InstalledStrategies;
import dev.gearshift.executors.InstalledStrategy;
import dev.gearshift.executors.StrategySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        description =
                "Downloads the same gallery under each strategy over real HTTP, makes thumbnails of it, and prints"
                        + " how long each took. The server is a simulator of Imgur in a JVM of its own: no account and no network"
                        + " are needed.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footerHeading = "%nColumns:%n",
        footer = {
            "  ideal           what that many workers need if an image costs one latency and nothing else",
            "  faster          than sequential in the same run",
            "  CPU s, peak threads, peak heap MB   of this JVM; the threads are platform threads, the JVM's included",
            "  peak in flight  the most requests at once, as the server counted them",
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable Main main;

    @Mixin
    private GalleryOptions gallery = new GalleryOptions();

    @Option(
            names = "--strategies",
            paramLabel = "ID",
            split = ",",
            description = "Compare only these with sequential. Default: all that are installed.")
    private List<String> only = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Keep the images and thumbnails there.")
    private @Nullable Path out;

    @Option(names = "--live", description = "Use Imgur itself instead of the simulator; needs IMGUR_CLIENT_ID.")
    private boolean live;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter output = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        strategies(); // Refuses what is not there, before anything is started.
        StrategySettings settings = StrategySettings.defaults();
        boolean temporary = out == null;
        Path folder = out == null ? temporaryFolder() : Folders.writable(out);
        Comparison.Report report;
        try (ComparedGallery source =
                        live ? ComparedGallery.live(err) : ComparedGallery.simulated(gallery.settings(), err);
                ComparedServices services = ComparedServices.start(only)) {
            report = new Comparison(
                            source,
                            strategies(),
                            services.missing(),
                            settings,
                            folder,
                            err,
                            Objects.requireNonNull(main).interruption())
                    .run();
        } finally {
            if (temporary) {
                Folders.deleteAll(folder);
            }
        }
        if (json) {
            JsonOutput.print(output, report);
        } else {
            ComparisonTable.print(output, report.downloadTitle(), report.downloads());
            output.println();
            ComparisonTable.print(output, report.thumbnailTitle(), report.thumbnails());
            output.println();
            output.println(report.verdict());
            output.flush();
        }
        return report.failures() == 0 ? 0 : Main.FAILED;
    }

    /** With the number of this process in its name, so that one sees whose it is. */
    private static Path temporaryFolder() throws IOException {
        return Files.createTempDirectory(
                "gearshift-compare-" + ProcessHandle.current().pid() + "-");
    }

    /** {@code sequential} first, then the others by id. */
    private List<InstalledStrategy> strategies() {
        InstalledStrategies installed = ConcurrencyStrategies.installed();
        List<InstalledStrategy> chosen = new ArrayList<>();
        for (InstalledStrategy found : installed.strategies()) {
            String id = found.strategy().id();
            if (id.equals("sequential")) {
                chosen.add(0, found);
            } else if (only.isEmpty() || only.contains(id)) {
                chosen.add(found);
            }
        }
        for (String id : only) {
            if (installed.byId(id).isEmpty()) {
                ConcurrencyStrategies.choose(id); // Throws, and says what is there.
            }
        }
        return chosen;
    }
}
