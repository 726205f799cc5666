package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurPages;
import dev.gearshift.imgur.Section;
import dev.gearshift.imgur.Sort;
import dev.gearshift.imgur.Window;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a user names into the addresses of images: each once, in the order they were found. */
final class Sources {
    static final String HELP = "gallery:hot, gallery:top or gallery:user; random; the address of an Imgur album or"
            + " image page; any other http or https address; @FILE with one source a line; - for standard input";

    private static final Pattern GALLERY = Pattern.compile("gallery:(hot|top|user)");
    private static final Pattern ALBUM = Pattern.compile("/(?:a|gallery)/(?:[^/]*-)?([A-Za-z0-9]{5,7})/?");
    private static final Pattern IMAGE_PAGE = Pattern.compile("/([A-Za-z0-9]{5,7})/?");
    private static final Set<String> STILL_IMAGES = Set.of("image/jpeg", "image/png");

    private final Supplier<ImgurClient> client;
    private final InputStream standardInput;
    private final long limit;
    private final Set<URI> found = new LinkedHashSet<>();

    /**
     * Sources of which nothing is read yet.
     *
     * @param client called when a source needs the API
     * @param limit how many addresses are wanted at most
     */
    Sources(Supplier<ImgurClient> client, InputStream standardInput, long limit) {
        this.client = client;
        this.standardInput = standardInput;
        this.limit = limit;
    }

    List<URI> addresses() {
        return found.stream().limit(limit).toList();
    }

    void add(String source) throws IOException {
        if (enough()) {
            return;
        }
        if (source.equals("-")) {
            addLines(
                    new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8)), "standard input");
        } else if (source.startsWith("@")) {
            addFile(source.substring(1));
        } else {
            addNamed(source, null);
        }
    }

    private void addNamed(String source, @Nullable String where) {
        if (source.equals("random")) {
            addGallery(client.get().gallery().random());
        } else if (GALLERY.matcher(source).matches()) {
            Section section =
                    Section.valueOf(source.substring("gallery:".length()).toUpperCase(Locale.ROOT));
            addGallery(client.get().gallery().section(section, Sort.VIRAL, Window.DAY));
        } else {
            addAddress(source, where);
        }
    }

    private boolean enough() {
        return found.size() >= limit;
    }

    private void addFile(String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException("The list " + file + " cannot be read: name a text file with one address a line.");
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            addLines(lines, file.toString());
        } catch (CharacterCodingException e) {
            throw new UsageException(
                    "The list " + file + " is no UTF-8 text: name a text file with one address a line.", e);
        }
    }

    private void addLines(BufferedReader lines, String where) throws IOException {
        int number = 0;
        for (String line = lines.readLine(); line != null && !enough(); line = lines.readLine()) {
            number++;
            String source = line.strip();
            if (!source.isEmpty() && !source.startsWith("#")) {
                addNamed(source, "line " + number + " of " + where);
            }
        }
    }

    private void addAddress(String text, @Nullable String where) {
        URI uri = parsed(text, where);
        if (!isImgurPage(uri)) {
            found.add(uri);
            return;
        }
        Matcher album = ALBUM.matcher(uri.getPath());
        Matcher image = IMAGE_PAGE.matcher(uri.getPath());
        if (album.matches()) {
            client.get().albums().images(album.group(1)).send().forEach(this::addStill);
        } else if (image.matches()) {
            addStill(client.get().images().get(image.group(1)).send());
        } else {
            found.add(uri);
        }
    }

    private static URI parsed(String text, @Nullable String where) {
        String what = where == null ? "" : " (" + where + ")";
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new UsageException("\"" + text + "\"" + what + " is no source. Sources: " + HELP + ".", e);
        }
        throw new UsageException("\"" + text + "\"" + what + " is no source. Sources: " + HELP + ".");
    }

    private static boolean isImgurPage(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("imgur.com") || host.equals("www.imgur.com") || host.equals("m.imgur.com");
    }

    /** Reads pages until one is empty, or there is enough. */
    private void addGallery(ImgurPages<GalleryItem> gallery) {
        for (GalleryItem item : gallery) {
            stillImages(List.of(item)).forEach(found::add);
            if (enough()) {
                return;
            }
        }
    }

    /** The JPEG and PNG images among them; no GIFs, no albums. */
    static List<URI> stillImages(List<GalleryItem> items) {
        List<URI> links = new ArrayList<>();
        for (GalleryItem item : items) {
            if (item instanceof GalleryImage image) {
                still(image.image()).ifPresent(links::add);
            }
        }
        return links;
    }

    private void addStill(Image image) {
        still(image).ifPresent(found::add);
    }

    private static Optional<URI> still(Image image) {
        return image.type() != null && STILL_IMAGES.contains(image.type())
                ? Optional.ofNullable(image.link())
                : Optional.empty();
    }
}
