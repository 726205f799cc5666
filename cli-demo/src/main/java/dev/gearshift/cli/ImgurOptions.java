package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurClient;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Imgur to talk to. */
final class ImgurOptions {
    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "Talk to this Imgur API, such as the one of \"gearshift serve\". Default: Imgur itself, which"
                    + " needs IMGUR_CLIENT_ID.")
    private @Nullable URI api;

    /** Made when it is needed, as most sources need none. */
    ImgurClient client() {
        if (api == null) {
            return clientFromEnvironment();
        }
        String id = Optional.ofNullable(System.getenv("IMGUR_CLIENT_ID"))
                .filter(set -> !set.isBlank())
                .orElse("gearshift");
        return ImgurClient.builder().clientId(id).apiUri(api).build();
    }

    static ImgurClient clientFromEnvironment() {
        try {
            return ImgurClient.fromEnvironment();
        } catch (IllegalStateException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
