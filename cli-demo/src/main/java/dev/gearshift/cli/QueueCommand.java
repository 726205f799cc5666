package dev.gearshift.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "queue",
        description =
                "Shows a queue in Redis: how many tasks wait, run, are tried again later or are dead, and which workers are"
                        + " alive.",
        subcommands = DeadCommand.class,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gearshift queue --watch",
            "  gearshift queue dead list         tasks that nobody runs any more, and why",
            "  gearshift queue dead retry --all  has them run again",
        })
final class QueueCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private QueueOptions queue = new QueueOptions();

    @Option(
            names = {"-w", "--watch"},
            description = "Show it again every second, with tasks per second, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        return RedisMissing.refusedUnlessThere(() -> {
            RedisQueueView.show(queue.queue(), watch, json, out);
            return 0;
        });
    }
}
