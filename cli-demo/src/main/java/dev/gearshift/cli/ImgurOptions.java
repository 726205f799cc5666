package dev.gearshift.cli;

import dev.gearshift.imgur.CreditPolicy;
import dev.gearshift.imgur.ImgurClient;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Imgur to talk to, and for how many credits. */
final class ImgurOptions {
    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "Talk to this Imgur API, such as the one of \"gearshift serve\". Default: Imgur itself, which"
                    + " needs IMGUR_CLIENT_ID.")
    private @Nullable URI api;

    @Option(
            names = "--budget",
            paramLabel = "N",
            description = "Spend no more than this many of Imgur's credits. Default: what Imgur says are left, but for"
                    + " ten of the day's.")
    private @Nullable Long budget;

    @Option(
            names = "--wait-for-credits",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description =
                    "When the hour's credits are used up, wait for new ones up to this long, such as 60m, and say so."
                            + " Default: go on without.")
    private Duration longestWait = Duration.ZERO;

    /**
     * Made when it is needed, as most sources need none.
     *
     * @param err is told when a call waits for credits
     * @throws UsageException if there is no client id
     */
    ImgurClient client(PrintWriter err) {
        return builder()
                .creditPolicy(policy())
                .listener(new CreditsWait(err, longestWait, Clock.systemUTC()))
                .build();
    }

    private ImgurClient.Builder builder() {
        String id = Optional.ofNullable(System.getenv("IMGUR_CLIENT_ID"))
                .filter(set -> !set.isBlank())
                .orElse("");
        if (api != null) {
            return ImgurClient.builder()
                    .clientId(id.isEmpty() ? "gearshift" : id)
                    .apiUri(api);
        }
        if (id.isEmpty()) {
            clientFromEnvironment();
        }
        return ImgurClient.builder().clientId(id);
    }

    private CreditPolicy policy() {
        check();
        CreditPolicy policy = CreditPolicy.waiting(longestWait);
        return budget == null ? policy : policy.withBudget(budget);
    }

    /**
     * Finds what is wrong with them before a client is needed.
     *
     * @throws UsageException if something is
     */
    void check() {
        if (budget != null && budget < 1) {
            throw new UsageException("--budget must be 1 or more credits, but is " + budget + ".");
        }
    }

    static ImgurClient clientFromEnvironment() {
        try {
            return ImgurClient.fromEnvironment();
        } catch (IllegalStateException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
