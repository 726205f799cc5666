package dev.gearshift.images;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names for the files that come from addresses, each name given once. Two names that differ only in case count as the
 * same, as they are the same file on Windows and macOS. Not safe for use by several threads.
 *
 * <pre>{@code
 * FileNames names = new FileNames();
 * names.of(URI.create("https://i.imgur.com/abc.jpg"));      // abc.jpg
 * names.of(URI.create("https://example.org/2/ABC.jpg?w=9")); // ABC-2.jpg
 * }</pre>
 */
public final class FileNames {
    /** The length that no name exceeds, in bytes of UTF-8; it leaves room for suffixes such as {@code .part}. */
    public static final int MAX_BYTES = 200;

    private static final String NAMELESS = "index";
    private static final int MAX_EXTENSION_BYTES = 16;
    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"/\\\\|?*\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern EDGES = Pattern.compile("^[.\\s]+|[.\\s]+$");
    private static final Pattern DEVICE = Pattern.compile(
            "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?",
            Pattern.CASE_INSENSITIVE);

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> lastNumber = new HashMap<>();

    /** No name is taken yet. */
    public FileNames() {
        this(List.of());
    }

    /** These names are taken, such as those of the files that a folder holds already. */
    public FileNames(Collection<String> taken) {
        taken.forEach(name -> this.taken.add(folded(name)));
    }

    /**
     * A name for the file at this address, which is taken from now on: that of {@link #wished}, or if it is taken, the
     * first free one with {@code -2}, {@code -3} and so on before the extension.
     */
    public String of(URI source) {
        String wished = wished(source);
        String name = wished;
        while (!taken.add(folded(name))) {
            int number = lastNumber.merge(folded(wished), 2, (last, two) -> last + 1);
            name = shortened(wished, "-" + number);
        }
        return name;
    }

    /**
     * The last segment of an address's path, made fit to be the name of a file everywhere: no separators, nothing that
     * Windows refuses, not hidden, and at most {@link #MAX_BYTES} bytes long, cut before the extension. If there is no
     * such segment, {@code index}.
     */
    public static String wished(URI source) {
        String name = FORBIDDEN.matcher(lastSegment(source)).replaceAll("_");
        name = EDGES.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceAll("");
        if (name.isEmpty()) {
            return NAMELESS;
        }
        if (DEVICE.matcher(name).matches()) {
            name = "_" + name;
        }
        return shortened(name, "");
    }

    private static String lastSegment(URI source) {
        String path = source.getRawPath();
        if (path == null) {
            return "";
        }
        String segment = path.substring(path.lastIndexOf('/') + 1);
        // Decoded only now: an escaped slash is no separator.
        return URI.create("/" + segment).getPath().substring(1);
    }

    private static String shortened(String name, String suffix) {
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 ? name.substring(dot) : "";
        if (bytes(extension) > MAX_EXTENSION_BYTES) {
            extension = "";
        }
        String stem = name.substring(0, name.length() - extension.length());
        int room = MAX_BYTES - bytes(suffix) - bytes(extension);
        if (bytes(stem) > room) {
            // A cut may leave a dot or a space at the end, which Windows drops.
            stem = EDGES.matcher(start(stem, room)).replaceAll("");
        }
        return stem + suffix + extension;
    }

    /** As many whole characters from the start as fit into that many bytes. */
    private static String start(String text, int bytes) {
        int end = 0;
        int length = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            length += bytes(Character.toString(codePoint));
            if (length > bytes) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
