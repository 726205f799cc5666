package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurAnswer;
import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.RateLimits;
import dev.gearshift.imgur.model.Credits;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "credits",
        description = "Shows how many of Imgur's credits are left. A call costs one, an upload ten. Imgur tells about"
                + " posts only after one, so this may not know about them.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class CreditsCommand implements Callable<Integer> {
    private static final String ROW = "%-36s %9s %7s  %s%n";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ImgurOptions imgur = new ImgurOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /**
     * One kind of credits; what was not told is {@code null}.
     *
     * @param resets when there are as many as the limit again
     */
    record Allowance(
            String of,
            @Nullable Long remaining,
            @Nullable Long limit,
            @Nullable Instant resets) {}

    record Report(List<Allowance> allowances) {}

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Report report = ask(spec.commandLine().getErr());
        if (json) {
            JsonOutput.print(out, report);
            return 0;
        }
        out.printf(ROW, "credits", "remaining", "limit", "resets");
        for (Allowance allowance : report.allowances()) {
            Instant resets = allowance.resets();
            out.printf(
                    ROW,
                    allowance.of(),
                    text(allowance.remaining()),
                    text(allowance.limit()),
                    resets == null ? "not told" : CreditsText.when(resets, Clock.systemUTC()));
        }
        out.flush();
        return 0;
    }

    private Report ask(PrintWriter err) {
        try (ImgurClient client = imgur.client(err)) {
            ImgurAnswer<Credits> answer = client.credits().answer();
            Credits credits = answer.value();
            RateLimits told = answer.rateLimits();
            return new Report(List.of(
                    new Allowance("of the application, a day", credits.clientRemaining(), credits.clientLimit(), null),
                    new Allowance(
                            "of this address, an hour",
                            credits.userRemaining(),
                            credits.userLimit(),
                            credits.userReset()),
                    new Allowance(
                            "posts from this address, an hour",
                            told == null ? null : told.postRemaining(),
                            told == null ? null : told.postLimit(),
                            told == null ? null : told.postReset())));
        }
    }

    private static String text(@Nullable Long number) {
        return number == null ? "?" : number.toString();
    }
}
