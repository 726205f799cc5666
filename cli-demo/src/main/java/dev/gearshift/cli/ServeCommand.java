package dev.gearshift.cli;

import dev.gearshift.imgur.simulator.CreditLimits;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "Runs the Imgur simulator until Ctrl-C: a real HTTP server on loopback that answers like Imgur's"
                + " API and image host.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footerHeading = "%nThen, in another terminal:%n",
        footer = "  gearshift download random --api http://127.0.0.1:8080/3/")
final class ServeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where to listen on 127.0.0.1; 0 for any free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--credits",
            paramLabel = "N",
            description = "How many credits there are before it answers 429. Default: as many as at Imgur.")
    private @Nullable Integer credits;

    @Option(
            names = "--faults",
            paramLabel = "SCRIPT",
            description =
                    "What goes wrong, such as \"5%% all\" or \"next 3 /3/gallery over-capacity\"; imgur-simulator's"
                            + " README lists the faults.")
    private @Nullable String faults;

    @Mixin
    private GalleryOptions gallery = new GalleryOptions();

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        SimulatorSettings settings = settings();
        try (ImgurSimulator simulator = start(settings, err)) {
            out.println("Imgur simulator: " + simulator.images().size() + " images at " + simulator.baseUri());
            out.println("API              " + simulator.apiUri());
            out.println("First image      " + simulator.images().get(0).link());
            out.println("Counters         " + simulator.baseUri().resolve("/stats"));
            out.println("Ctrl-C ends it.");
            out.flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            err.println("Stopped.");
            err.flush();
        }
        return 0;
    }

    private SimulatorSettings settings() {
        SimulatorSettings settings = gallery.settings().withPort(port);
        if (credits != null) {
            settings = settings.withCredits(CreditLimits.of(credits));
        }
        return faults == null ? settings : settings.withFaults(Faults.parse(faults));
    }

    private static ImgurSimulator start(SimulatorSettings settings, PrintWriter err) {
        boolean counted = settings.images() != SimulatorSettings.ALL_IMAGES;
        try (Progress progress = new Progress(err, "Preparing images", counted ? settings.images() : -1)) {
            return ImgurSimulator.start(settings, progress::at);
        } catch (IllegalStateException e) {
            throw new WorkFailedException(String.valueOf(e.getMessage()), e);
        }
    }
}
