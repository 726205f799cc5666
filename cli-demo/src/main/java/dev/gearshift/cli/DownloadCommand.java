package dev.gearshift.cli;

import dev.gearshift.executors.StrategyChoice;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.images.DownloadImage;
import dev.gearshift.imgur.DownloadedFile;
import dev.gearshift.imgur.ImgurClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "download",
        description = "Downloads images. What is there already is left alone, so running it again fetches only what is"
                + " missing; a file appears under its name only once it is whole. Which file came from which address is"
                + " remembered beside them, in " + DownloadFolder.MEMORY
                + ". When Imgur's credits are used up, it downloads what"
                + " is listed by then, and says what is not, when credits come back, and how to go on.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gearshift download https://i.imgur.com/abcdefg.jpg https://example.org/photo.png",
            "  gearshift download @urls.txt --strategy threads --parallelism 8",
            "  some-program | gearshift download - --out photos",
            "  gearshift download gallery:top/top/week subreddit:earthporn --limit 200",
            "  gearshift download \"search:cats AND ext:jpg\" tag:aww/time --albums",
            "  gearshift download user:someone --albums --animations",
            "  gearshift download https://imgur.com/gallery/a-walk-in-the-woods-Zy9xW12",
        })
final class DownloadCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable Main main;

    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = Source.HELP)
    private List<String> sources = List.of();

    @Mixin
    private StrategyOptions strategy = new StrategyOptions();

    @Mixin
    private WantedImages wanted = new WantedImages();

    @Mixin
    private ImgurOptions imgur = new ImgurOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            defaultValue = "images",
            description =
                    "Where to put them. Default: ${DEFAULT-VALUE}. Under redis the workers write them there, by its"
                            + " absolute path: so it should be a folder that all of them share.")
    private Path out = Path.of("images");

    @Option(names = "--limit", paramLabel = "N", description = "No more than this many. Default: no limit.")
    private @Nullable Integer limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        if (limit != null && limit < 1) {
            throw new UsageException("--limit must be 1 or more, but is " + limit + ".");
        }
        imgur.check();
        wanted.check();
        StrategyChoice choice = strategy.choose(StrategyOptions.defaultForWaiting());
        StrategySettings settings = strategy.settings();
        Sources listed = listed(err);
        Map<URI, Long> addresses = listed.addresses();
        ListingAccount listing = listed.account();
        if (main().interruption().happened()) {
            throw new WorkFailedException("Interrupted.");
        }
        if (addresses.isEmpty() && !listing.notListed().isEmpty() && !json) {
            throw new WorkFailedException(listing.notListed().stream()
                    .map(ListingAccount.Gap::sentence)
                    .collect(Collectors.joining("\n")));
        }
        Folders.writable(out);

        List<Task<DownloadedFile>> missing = new ArrayList<>();
        DownloadFolder folder = DownloadFolder.open(out);
        for (Map.Entry<URI, Long> file : addresses.entrySet()) {
            Path target = folder.fileOf(file.getKey());
            if (!Files.isRegularFile(target)) {
                missing.add(
                        new DownloadImage(file.getKey(), Folders.forTasks(choice, target), length(file.getValue())));
            }
        }
        folder.remember();
        err.println("Strategy: " + StrategyOptions.describe(choice));
        int found = addresses.size();
        Downloads downloads = new Downloads();
        BatchReport batch = StrategyRun.run(choice, settings, executor -> {
            Batch.Result result = Batch.run(err, main().interruption(), "Downloading", executor, missing, downloads);
            return BatchReport.of(choice, executor, found, found - missing.size(), result);
        });
        DownloadReport report = new DownloadReport(batch, listing);
        String warning = downloads.samePicture().warning();
        if (!warning.isEmpty()) {
            err.println(warning);
        }
        report.print(spec.commandLine().getOut(), json, summary(batch));
        return report.exitCode();
    }

    /** What Imgur lists; where it sends another picture in place of an image, that has another length. */
    private static OptionalLong length(long listed) {
        return listed == 0 ? OptionalLong.empty() : OptionalLong.of(listed);
    }

    private Main main() {
        return Objects.requireNonNull(main);
    }

    private Sources listed(PrintWriter err) throws IOException {
        long most = limit == null ? Long.MAX_VALUE : limit;
        List<Source> named = new SourceWords(main().input(), most).read(sources);
        try (LazyClient client = new LazyClient(imgur, err)) {
            Sources all = new Sources(client::get, wanted, most);
            all.addAll(named);
            return all;
        }
    }

    /** One client for all sources, made when the first one needs it. */
    private static final class LazyClient implements AutoCloseable {
        private final ImgurOptions options;
        private final PrintWriter err;
        private @Nullable ImgurClient client;

        LazyClient(ImgurOptions options, PrintWriter err) {
            this.options = options;
            this.err = err;
        }

        ImgurClient get() {
            ImgurClient made = client;
            if (made == null) {
                made = options.client(err);
                client = made;
            }
            return made;
        }

        @Override
        public void close() {
            if (client != null) {
                client.close();
            }
        }
    }

    private String summary(BatchReport report) {
        return String.format(
                Locale.ROOT,
                "%d downloaded into %s (%.1f MB in %.1f s, %.1f/s)%s",
                report.done(),
                out,
                report.bytes() / 1e6,
                report.seconds(),
                report.perSecond(),
                report.rest());
    }
}
