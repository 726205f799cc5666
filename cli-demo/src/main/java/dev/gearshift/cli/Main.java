package dev.gearshift.cli;

import dev.gearshift.executors.MissingCapabilityException;
import dev.gearshift.executors.StrategySelectionException;
import dev.gearshift.imgur.ImgurException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Wires the commands together, and turns failures into a sentence and an exit code. */
@Command(
        name = "gearshift",
        description = "Write the task once; shift how it runs.%n%nDownloads images and makes thumbnails of them, one"
                + " after another, on threads or on virtual threads: the same tasks under each strategy.%n",
        subcommands = {
            CompareCommand.class,
            DownloadCommand.class,
            UploadCommand.class,
            CreditsCommand.class,
            ThumbnailsCommand.class,
            StrategiesCommand.class,
            ServeCommand.class,
            WorkerCommand.class,
            QueueCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        footerHeading = "%nStart here:%n",
        footer = {
            "  gearshift compare                 all strategies on the same work, no network needed",
            "  gearshift download @urls.txt      a list of addresses into ./images",
            "  gearshift thumbnails images       thumbnails of what is in a folder",
            "  gearshift upload cat.jpg          to Imgur, and how to delete it again",
            "",
            "A strategy is chosen by --strategy, else -Dgearshift.strategy, else GEARSHIFT_STRATEGY.",
            "Exit codes: 0 all done; 1 some of the work failed; 2 wrong usage; 130 interrupted.",
        })
public final class Main {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program a failure came from.")
    private boolean stacktrace;

    private final InputStream input;
    private final Interruption interruption;

    private Main(InputStream input, Interruption interruption) {
        this.input = input;
        this.interruption = interruption;
    }

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param args as {@code gearshift --help} explains
     */
    public static void main(String[] args) {
        Processors.usePoolForCallbacks();
        Logging.configure();
        int exitCode;
        try (Interruption interruption = new Interruption()) {
            interruption.arm();
            exitCode = commandLine(System.in, interruption).execute(args);
        }
        System.exit(exitCode);
    }

    /** The command, reading {@code -} from there. */
    static CommandLine commandLine(InputStream input) {
        return commandLine(input, new Interruption());
    }

    private static CommandLine commandLine(InputStream input, Interruption interruption) {
        Main main = new Main(input, interruption);
        CommandLine line = new CommandLine(main);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // @FILE is a source of download, with addresses in it and not options.
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler(BadUsage::explain);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> main.explain(failure, failed));
        return line;
    }

    InputStream input() {
        return input;
    }

    Interruption interruption() {
        return interruption;
    }

    private int explain(Exception failure, CommandLine command) {
        if (interruption.happened()) {
            command.getErr().println("Interrupted.");
            command.getErr().flush();
            return INTERRUPTED;
        }
        boolean expected = isUsage(failure)
                || failure instanceof WorkFailedException
                || failure instanceof ImgurException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof InterruptedException
                || failure instanceof CancellationException;
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr()
                .println(command.getColorScheme()
                        .errorText(expected ? text : "This should not have happened: " + failure));
        if (stacktrace || !expected) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return exitCode(failure);
    }

    private static int exitCode(Exception failure) {
        if (isUsage(failure)) {
            return USAGE;
        }
        return failure instanceof InterruptedException || failure instanceof CancellationException
                ? INTERRUPTED
                : FAILED;
    }

    private static boolean isUsage(Exception failure) {
        return failure instanceof UsageException
                || failure instanceof StrategySelectionException
                || failure instanceof MissingCapabilityException
                || failure instanceof IllegalArgumentException;
    }
}
