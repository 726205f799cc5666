package dev.gearshift.cli;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import dev.gearshift.imgur.GallerySearch;
import dev.gearshift.imgur.ImgurUrl;
import dev.gearshift.imgur.Section;
import dev.gearshift.imgur.Sort;
import dev.gearshift.imgur.Window;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one {@link Source}. */
final class SourceReader {
    private static final String GIFV = "gifv";
    private static final Pattern IMGUR = Pattern.compile("(?i)(?:[^.]+\\.)*imgur\\.(?:com|io)");
    private static final Set<Sort> OF_LISTS = EnumSet.of(Sort.VIRAL, Sort.TOP, Sort.TIME);

    private final String text;
    private final @Nullable String where;

    SourceReader(String text, @Nullable String where) {
        this.text = text;
        this.where = where;
    }

    Source read() {
        if (text.equals("random")) {
            return imgur(new ImgurUrl.RandomList());
        }
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (kind) {
            case "gallery" -> imgur(gallery(words(rest)));
            case "subreddit" -> imgur(subreddit(words(rest)));
            case "tag" -> imgur(tag(words(rest)));
            case "search" -> imgur(search(words(rest)));
            case "user" -> imgur(new ImgurUrl.UserPage(only(rest, "[A-Za-z0-9_-]+"), ImgurUrl.UserPage.Part.POSTS));
            case "album" -> imgur(new ImgurUrl.Album(only(rest, "[A-Za-z0-9]+")));
            case "image" -> imgur(new ImgurUrl.SingleImage(only(rest, "[A-Za-z0-9]+"), null, null));
            default -> address();
        };
    }

    private Source imgur(ImgurUrl what) {
        return new Source.OfImgur(text, what);
    }

    private String only(String rest, String pattern) {
        if (!rest.matches(pattern)) {
            throw wrong("After the colon comes one word of letters and digits.");
        }
        return rest;
    }

    /** A name, and the order and the time that may come after it. */
    private record Words(
            String name, @Nullable Sort sort, @Nullable Window window) {
        Sort sortOr(Sort otherwise) {
            return sort == null ? otherwise : sort;
        }

        Window windowOr(Window otherwise) {
            return window == null ? otherwise : window;
        }
    }

    private Words words(String rest) {
        List<String> parts = Splitter.on('/').splitToList(rest);
        int end = parts.size();
        Optional<Window> window = end > 1 ? constant(Window.class, parts.get(end - 1)) : Optional.empty();
        end -= window.isPresent() ? 1 : 0;
        Optional<Sort> sort = end > 1 ? constant(Sort.class, parts.get(end - 1)) : Optional.empty();
        end -= sort.isPresent() ? 1 : 0;
        String name = String.join("/", parts.subList(0, end)).strip();
        if (name.isEmpty()) {
            throw wrong("After the colon comes what to list.");
        }
        return new Words(name, sort.orElse(null), window.orElse(null));
    }

    private String oneName(Words words) {
        if (!words.name.matches("[^/\\s]+")) {
            throw wrong("After the name may come /viral, /top or /time, and /day, /week, /month, /year or /all.");
        }
        return words.name;
    }

    private ImgurUrl gallery(Words words) {
        Section section = constant(Section.class, words.name)
                .orElseThrow(() -> wrong("The gallery has hot, top and user, each perhaps with"
                        + " /viral, /top, /time or /rising, and /day, /week, /month, /year or /all."));
        Sort sort = words.sortOr(Sort.VIRAL);
        if (sort == Sort.RISING && section != Section.USER) {
            throw wrong("Only gallery:user can be sorted by rising.");
        }
        return new ImgurUrl.GalleryList(section, sort, words.windowOr(Window.DAY));
    }

    private ImgurUrl subreddit(Words words) {
        Sort sort = sorted(words, Sort.TIME, EnumSet.of(Sort.TOP, Sort.TIME), "Subreddits are sorted by top or time.");
        return new ImgurUrl.SubredditList(oneName(words), sort, words.windowOr(Window.DAY));
    }

    private ImgurUrl tag(Words words) {
        Sort sort = sorted(words, Sort.VIRAL, OF_LISTS, "Tags are sorted by viral, top or time.");
        return new ImgurUrl.TagList(oneName(words), sort, words.windowOr(Window.DAY));
    }

    private ImgurUrl search(Words words) {
        Sort sort = sorted(words, Sort.VIRAL, OF_LISTS, "Searches are sorted by viral, top or time.");
        return new ImgurUrl.SearchList(GallerySearch.query(words.name), sort, words.windowOr(Window.ALL));
    }

    private Sort sorted(Words words, Sort otherwise, Set<Sort> possible, String advice) {
        Sort sort = words.sortOr(otherwise);
        if (!possible.contains(sort)) {
            throw wrong(advice);
        }
        return sort;
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String word) {
        return EnumSet.allOf(type).stream()
                .filter(constant -> Ascii.toLowerCase(constant.name()).equals(word))
                .findFirst();
    }

    private Source address() {
        ImgurUrl url = ImgurUrl.parse(text);
        if (url instanceof ImgurUrl.Deletion) {
            // Whoever reads the address can delete the image: it is not repeated.
            throw new UsageException("An address for deleting an image" + at()
                    + " is no source; \"gearshift upload --delete\" takes it.");
        }
        if (url instanceof ImgurUrl.SingleImage image && image.extension() != null) {
            URI file = webAddress(text.contains("//") ? text : "https://" + text);
            return new Source.OfFile(text, image.extension().equals(GIFV) ? video(image.id()) : file);
        }
        if (url instanceof ImgurUrl.UserPage page
                && page.part() != ImgurUrl.UserPage.Part.POSTS
                && page.part() != ImgurUrl.UserPage.Part.FAVORITES) {
            throw wrong("That page of a user has no images.");
        }
        return url instanceof ImgurUrl.Other || url instanceof ImgurUrl.RemovedImage
                ? new Source.OfFile(text, webAddress(text))
                : imgur(url);
    }

    /** What Imgur calls a GIFV is a web page around this file. */
    private static URI video(String id) {
        return URI.create("https://i.imgur.com/" + id + ".mp4");
    }

    private URI webAddress(String address) {
        try {
            URI uri = new URI(address.startsWith("//") ? "https:" + address : address);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return secured(uri);
            }
        } catch (URISyntaxException e) {
            throw new UsageException(none(), e);
        }
        throw new UsageException(none());
    }

    /** Imgur's own hosts all speak https; any other host is left as it is. */
    private static URI secured(URI uri) throws URISyntaxException {
        boolean usualPort = uri.getPort() == -1 || uri.getPort() == 80;
        if (!"http".equalsIgnoreCase(uri.getScheme())
                || !usualPort
                || !IMGUR.matcher(uri.getHost()).matches()) {
            return uri;
        }
        String path = String.valueOf(uri.getRawPath());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new URI("https://" + uri.getHost() + path + query);
    }

    private String at() {
        return where == null ? "" : " (" + where + ")";
    }

    private String none() {
        return "\"" + text + "\"" + at() + " is no source. Sources: http and https addresses, gallery:hot,"
                + " subreddit:NAME, tag:NAME, search:WORDS, user:NAME, album:ID, image:ID, random, @FILE and -;"
                + " see \"gearshift download --help\".";
    }

    private UsageException wrong(String advice) {
        return new UsageException("\"" + text + "\"" + at() + " is no source. " + advice);
    }
}
