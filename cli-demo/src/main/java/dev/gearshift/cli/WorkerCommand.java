package dev.gearshift.cli;

import dev.gearshift.executors.StrategyChoice;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
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
        name = "worker",
        description =
                "Runs the tasks that others put into a queue in Redis: those of image.download and image.thumbnail, and of"
                        + " every TaskCatalog on the class path. A worker writes where a task says, on its own disk. Start as many as"
                        + " you like, on any number of machines.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footerHeading = "%nEnding it:%n",
        footer = {
            "  Ctrl-C or SIGTERM   takes no more tasks, finishes those that run, and ends with 0",
            "  a second one        stops those that run, gives them back to the queue, and ends with 0",
            "",
            "A password is better in GEARSHIFT_REDIS_URI than in --redis, where others can read it.",
            "Then, in another terminal:",
            "  gearshift download @urls.txt --strategy redis",
        })
final class WorkerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable Main main;

    @Parameters(
            arity = "0..*",
            paramLabel = "QUEUE",
            description = "Whose tasks to run; those of the first are preferred. Default: default.")
    private List<String> queues = List.of();

    @Mixin
    private StrategyOptions strategy = new StrategyOptions();

    @Option(
            names = "--until-input-ends",
            description = "End when standard input does, as after the death of the program that has started this one.")
    private boolean untilInputEnds;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        StrategyChoice choice = strategy.choose("processes");
        if (choice.strategy().id().equals("redis")) {
            throw new UsageException(
                    "A worker runs its tasks here and cannot hand them on to redis: choose another with"
                            + " --strategy.");
        }
        InputStream input = untilInputEnds ? Objects.requireNonNull(main).input() : null;
        return RedisMissing.refusedUnlessThere(() -> {
            RedisWorkerRun.run(choice, strategy.settings(), queues, input, out, err);
            return 0;
        });
    }
}
