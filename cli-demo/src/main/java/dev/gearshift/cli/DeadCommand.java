package dev.gearshift.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "dead",
        description =
                "Tasks that nobody runs any more, as they lost their workers or failed too often, or as no worker knows or"
                        + " trusts them: list them, have them run again, or drop them.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND")
final class DeadCommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Command(name = "list", description = "Lists them, with the reasons.", mixinStandardHelpOptions = true)
    int list(@Mixin QueueOptions queue, @Option(names = "--json", description = "Print JSON.") boolean json)
            throws Exception {
        return RedisMissing.refusedUnlessThere(() -> {
            RedisQueueView.listDead(queue.queue(), json, out());
            return 0;
        });
    }

    @Command(name = "retry", description = "Has them wait again, as if they were new.", mixinStandardHelpOptions = true)
    int retry(@Mixin QueueOptions queue, @Mixin DeadTaskOptions which) throws Exception {
        return RedisMissing.refusedUnlessThere(
                () -> exitCode(RedisQueueView.retry(queue.queue(), which.entries(), which.all(), out())));
    }

    @Command(name = "drop", description = "Drops them for good.", mixinStandardHelpOptions = true)
    int drop(@Mixin QueueOptions queue, @Mixin DeadTaskOptions which) throws Exception {
        return RedisMissing.refusedUnlessThere(
                () -> exitCode(RedisQueueView.drop(queue.queue(), which.entries(), which.all(), out())));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private static int exitCode(int missing) {
        return missing == 0 ? 0 : Main.FAILED;
    }
}
