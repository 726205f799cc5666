package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what a user names into the addresses of images: each once, in the order they were found. */
final class Sources {
    private final ImgurListing imgur;
    private final InputStream standardInput;
    private final long limit;
    private final Map<URI, Long> found = new LinkedHashMap<>();

    /**
     * Sources of which nothing is read yet.
     *
     * @param client called when a source needs the API
     * @param wanted which images of a list
     * @param limit how many addresses are wanted at most
     */
    Sources(Supplier<ImgurClient> client, WantedImages wanted, InputStream standardInput, long limit) {
        this.imgur = new ImgurListing(client, wanted, this::take, this::enough);
        this.standardInput = standardInput;
        this.limit = limit;
    }

    /** The addresses, and how many bytes each has as Imgur tells; 0 where nobody has told. */
    Map<URI, Long> addresses() {
        return found;
    }

    /** What came of asking Imgur. */
    ListingAccount account() {
        return imgur.account(found.size());
    }

    /** Reads them all; the words of the command line are all understood before anything is asked. */
    void addAll(List<String> words) throws IOException {
        for (String word : words) {
            if (!isList(word)) {
                Source.of(word, null);
            }
        }
        for (String word : words) {
            add(word);
        }
    }

    private static boolean isList(String word) {
        return word.equals("-") || word.startsWith("@");
    }

    private void add(String word) throws IOException {
        if (enough()) {
            return;
        }
        if (word.equals("-")) {
            addLines(
                    new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8)), "standard input");
        } else if (word.startsWith("@")) {
            addFile(word.substring(1));
        } else {
            addNamed(Source.of(word, null));
        }
    }

    private void addNamed(Source source) {
        if (source instanceof Source.OfFile file) {
            take(file.address(), 0);
        } else if (source instanceof Source.OfImgur named) {
            imgur.list(named);
        }
    }

    private boolean enough() {
        return found.size() >= limit;
    }

    private void take(URI address, long bytes) {
        if (!enough()) {
            found.putIfAbsent(address, bytes);
        }
    }

    private void addFile(String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException("The list " + file + " cannot be read: name a text file with one source a line.");
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            addLines(lines, file.toString());
        } catch (CharacterCodingException e) {
            throw new UsageException(
                    "The list " + file + " is no UTF-8 text: name a text file with one source a line.", e);
        }
    }

    private void addLines(BufferedReader lines, String where) throws IOException {
        int number = 0;
        for (String line = lines.readLine(); line != null && !enough(); line = lines.readLine()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                addNamed(Source.of(text, "line " + number + " of " + where));
            }
        }
    }

    /** The JPEG and PNG images among them; no GIFs, no albums. */
    static List<URI> stillImages(List<GalleryItem> items) {
        return items.stream()
                .map(item -> item instanceof GalleryImage image ? still(image.image()) : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable URI still(Image image) {
        return WantedImages.isStill(image) ? image.link() : null;
    }
}
