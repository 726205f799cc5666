package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        name = "upload",
        description = "Uploads pictures and videos to Imgur, for ten credits each, and prints for each where it is and"
                + " the deletehash. Whoever has a deletehash can delete the image: it is printed to standard output and"
                + " nowhere else. Needs IMGUR_CLIENT_ID, or --api.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gearshift upload cat.jpg --title \"A cat\"",
            "  gearshift upload holiday/*.jpg --new-album \"The sea\" > uploaded.txt",
            "  gearshift upload --delete DELETEHASH",
            "  gearshift upload --delete - < deletehashes.txt",
        })
final class UploadCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable Main main;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "What to upload.")
    private List<Path> files = List.of();

    @Option(names = "--title", paramLabel = "TEXT", description = "The title of the one FILE.")
    private @Nullable String title;

    @Option(names = "--description", paramLabel = "TEXT", description = "The text below the one FILE.")
    private @Nullable String description;

    @Option(names = "--album", paramLabel = "DELETEHASH", description = "Put them into this album, by its deletehash.")
    private @Nullable String album;

    @Option(
            names = "--new-album",
            paramLabel = "TITLE",
            description = "Make an album of what was uploaded, for one more credit.")
    private @Nullable String newAlbum;

    @Option(
            names = "--delete",
            paramLabel = "HASH",
            description = "Delete an image again, by its deletehash or the address with it; - reads such from standard"
                    + " input, one a line, so that no list of processes shows them. May be repeated.")
    private List<String> deletehashes = List.of();

    @Mixin
    private ImgurOptions imgur = new ImgurOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        checkUsage();
        Main program = Objects.requireNonNull(main);
        if (!deletehashes.isEmpty()) {
            Deletions deletions = Deletions.of(deletehashes, program.input());
            try (ImgurClient client = imgur.client(err)) {
                return deletions.run(client, program.interruption(), json, out);
            }
        }
        try (ImgurClient client = imgur.client(err)) {
            Uploads uploads = new Uploads(client, program.interruption(), json, out, err);
            return uploads.run(files, new Uploads.Words(title, description, album, newAlbum));
        }
    }

    private void checkUsage() {
        boolean words = title != null || description != null;
        if (files.isEmpty() == deletehashes.isEmpty()) {
            throw new UsageException("Name files to upload, or what to --delete, and not both.");
        }
        if (!deletehashes.isEmpty() && (words || album != null || newAlbum != null)) {
            throw new UsageException("--delete goes with --api and --json only.");
        }
        if (words && files.size() > 1) {
            throw new UsageException("--title and --description are for one FILE, but there are " + files.size() + ".");
        }
        if (album != null && newAlbum != null) {
            throw new UsageException("--album and --new-album exclude each other.");
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new UsageException(file + " is no file that can be read; nothing was uploaded.");
            }
        }
    }
}
