package dev.gearshift.imgur;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import dev.gearshift.imgur.ImgurUrl.UserPage.Part;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one address of Imgur.
 *
 * <pre>
 * /                               /hot  /top  /new  /rising [/sort] [/window]          a part of the gallery
 * /ID  /ID.ext  /IDs.ext  /ID_d.ext  /ID,ID  /ID/embed  /download/ID                   images
 * /a/[slug-]ID[/…]  /album/ID     /gallery/[slug-]ID[/…]  /topic/NAME/ID               albums, gallery entries
 * /r/SUB[/sort][/window]          /r/SUB/ID                                            subreddits
 * /t/TAG[/sort][/window]          /t/TAG/[slug-]ID                                     tags
 * /user/NAME[/page]  NAME.imgur.com   /search[/sort][/window]?q=…  /gallery?q=…        users, searches
 * </pre>
 */
final class UrlReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{5,8}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]{5,7}");
    private static final Pattern SLUG = Pattern.compile(".*-([A-Za-z0-9]{5}|[A-Za-z0-9]{7})");

    /** What ends in {@code _d} is a copy in another size, as the query says. */
    private static final Pattern FILE = Pattern.compile("([A-Za-z0-9]{5,8})(?:_d)?\\.([A-Za-z0-9]{2,5})");

    private static final Pattern HOST = Pattern.compile("(?:(.+)\\.)?imgur\\.(?:com|io)");

    /** Hosts of Imgur that are no user's. */
    private static final Set<String> OTHER_HOSTS = Set.of(
            "api", "apidocs", "blog", "community", "help", "p", "s", "status", "store", "i.stack", "stack", "bulletin");

    /** Pages of Imgur that look like an id. */
    private static final Set<String> PAGES = Set.of(
            "about",
            "account",
            "advertise",
            "album",
            "apps",
            "arcade",
            "beta",
            "emerald",
            "gallery",
            "jobs",
            "login",
            "memegen",
            "oauth2",
            "privacy",
            "random",
            "register",
            "removal",
            "rules",
            "search",
            "settings",
            "signin",
            "signup",
            "store",
            "terms",
            "topics",
            "upload",
            "vidgif");

    private final String text;
    private Map<String, String> query = Map.of();

    UrlReader(String text) {
        this.text = text;
    }

    static boolean isImageHost(@Nullable String host) {
        return host != null && Set.of("i.imgur.com", "i.imgur.io").contains(Ascii.toLowerCase(host));
    }

    ImgurUrl read() {
        URI uri = address(text.strip());
        if (uri == null || uri.getHost() == null) {
            return other();
        }
        Matcher host = HOST.matcher(uri.getHost().toLowerCase(Locale.ROOT));
        if (!host.matches()) {
            return other();
        }
        query = parameters(uri.getRawQuery());
        List<String> path = Splitter.on('/').omitEmptyStrings().splitToList(uri.getPath() == null ? "" : uri.getPath());
        String name = host.group(1) == null ? "" : host.group(1);
        if (name.isEmpty() || name.equals("www") || name.equals("m") || name.equals("i")) {
            return path(path);
        }
        return OTHER_HOSTS.contains(name) || name.contains(".") ? other() : userHost(name, path);
    }

    private static @Nullable URI address(String address) {
        try {
            if (address.startsWith("//")) {
                return new URI("https:" + address);
            }
            URI uri = new URI(address.contains("://") ? address : "https://" + address);
            return HttpAddress.is(uri) ? uri : null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }

    private static Map<String, String> parameters(@Nullable String raw) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : Splitter.on('&').omitEmptyStrings().split(raw == null ? "" : raw)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    private ImgurUrl userHost(String name, List<String> path) {
        if (path.isEmpty() || path.get(0).equals("all")) {
            return new ImgurUrl.UserPage(name, Part.POSTS);
        }
        return path(path);
    }

    private ImgurUrl path(List<String> path) {
        if (path.isEmpty()) {
            return new ImgurUrl.GalleryList(Section.HOT, Sort.VIRAL, Window.DAY);
        }
        List<String> rest = path.subList(1, path.size());
        return switch (path.get(0)) {
            case "a", "album" -> rest.isEmpty() ? other() : album(rest.get(0));
            case "gallery" -> gallery(rest);
            case "topic" -> rest.size() < 2 ? other() : entry(rest.get(rest.size() - 1));
            case "r" -> rest.isEmpty() ? other() : subreddit(rest.get(0), rest.subList(1, rest.size()));
            case "t" -> rest.isEmpty() ? other() : tag(rest.get(0), rest.subList(1, rest.size()));
            case "user" -> rest.isEmpty() ? other() : user(rest.get(0), rest.subList(1, rest.size()));
            case "search" -> search(rest);
            case "random" -> new ImgurUrl.RandomList();
            case "hot" -> list(Section.HOT, rest, Sort.VIRAL);
            case "top" -> list(Section.TOP, rest, Sort.VIRAL);
            case "new" -> list(Section.USER, rest, Sort.TIME);
            case "rising" -> list(Section.USER, rest, Sort.RISING);
            case "delete" -> rest.isEmpty() ? other() : new ImgurUrl.Deletion(rest.get(0));
            case "removed.png" -> new ImgurUrl.RemovedImage();
            case "download" -> rest.isEmpty() ? other() : image(rest.get(0));
            default -> image(path.get(0));
        };
    }

    private ImgurUrl image(String name) {
        Matcher file = FILE.matcher(name);
        if (file.matches()) {
            return file(file.group(1), file.group(2).toLowerCase(Locale.ROOT));
        }
        if (name.contains(",")) {
            List<String> ids = Splitter.on(',').omitEmptyStrings().splitToList(name);
            return ids.stream().allMatch(id -> ID.matcher(id).matches()) ? new ImgurUrl.SeveralImages(ids) : other();
        }
        String id = PAGES.contains(name) ? null : id(name);
        return id == null ? other() : new ImgurUrl.SingleImage(id, null, null);
    }

    /** The id by itself, or after a title. */
    private static @Nullable String id(String name) {
        if (PLAIN.matcher(name).matches()) {
            return name;
        }
        Matcher slug = SLUG.matcher(name);
        return slug.matches() ? slug.group(1) : null;
    }

    /** An id has 5 or 7 characters; one more is the size of a thumbnail. */
    private static ImgurUrl file(String name, String extension) {
        ThumbnailSize size = name.length() % 2 == 0 ? ThumbnailSize.bySuffix(name.charAt(name.length() - 1)) : null;
        String id = size == null ? name : name.substring(0, name.length() - 1);
        return new ImgurUrl.SingleImage(id, extension, size);
    }

    private ImgurUrl album(String name) {
        String id = id(name);
        return id == null ? other() : new ImgurUrl.Album(id);
    }

    private ImgurUrl entry(String name) {
        String id = id(name);
        return id == null ? other() : new ImgurUrl.GalleryEntry(id);
    }

    private ImgurUrl gallery(List<String> rest) {
        if (rest.isEmpty()) {
            return query.containsKey("q")
                    ? search(rest)
                    : new ImgurUrl.GalleryList(Section.HOT, Sort.VIRAL, Window.DAY);
        }
        List<String> more = rest.subList(1, rest.size());
        return switch (rest.get(0)) {
            case "hot" -> list(Section.HOT, more, Sort.VIRAL);
            case "top" -> list(Section.TOP, more, Sort.VIRAL);
            case "user", "new" -> list(Section.USER, more, Sort.TIME);
            case "random" -> new ImgurUrl.RandomList();
            case "search" -> search(more);
            case "r", "t" -> path(rest);
            default -> entry(rest.get(0));
        };
    }

    private ImgurUrl list(Section section, List<String> rest, Sort sort) {
        Sort order = sort(rest, sort);
        boolean possible = order != Sort.RISING || section == Section.USER;
        return new ImgurUrl.GalleryList(section, possible ? order : Sort.VIRAL, window(rest, Window.DAY));
    }

    private ImgurUrl subreddit(String name, List<String> rest) {
        if (!rest.isEmpty() && isNoOrder(rest.get(0))) {
            String id = id(rest.get(0));
            return id == null ? other() : new ImgurUrl.SubredditEntry(name, id);
        }
        Sort sort = sort(rest, Sort.TIME) == Sort.TOP ? Sort.TOP : Sort.TIME;
        return new ImgurUrl.SubredditList(name, sort, window(rest, Window.DAY));
    }

    private ImgurUrl tag(String name, List<String> rest) {
        if (!rest.isEmpty() && isNoOrder(rest.get(0))) {
            return entry(rest.get(0));
        }
        return new ImgurUrl.TagList(name, notRising(rest), window(rest, Window.DAY));
    }

    private ImgurUrl user(String name, List<String> rest) {
        return switch (rest.isEmpty() ? "posts" : rest.get(0)) {
            case "posts", "submitted", "all", "images", "albums" -> new ImgurUrl.UserPage(name, Part.POSTS);
            case "favorites" -> new ImgurUrl.UserPage(name, Part.FAVORITES);
            case "comments" -> new ImgurUrl.UserPage(name, Part.COMMENTS);
            case "about" -> new ImgurUrl.UserPage(name, Part.ABOUT);
            default -> other();
        };
    }

    private ImgurUrl search(List<String> rest) {
        GallerySearch search = GallerySearch.ofParameters(query);
        return search == null ? other() : new ImgurUrl.SearchList(search, notRising(rest), window(rest, Window.ALL));
    }

    private static boolean isNoOrder(String word) {
        return sort(word) == null && window(word) == null;
    }

    private static Sort sort(List<String> words, Sort otherwise) {
        for (String word : words) {
            Sort sort = sort(word);
            if (sort != null) {
                return sort;
            }
        }
        return otherwise;
    }

    private static Sort notRising(List<String> words) {
        Sort sort = sort(words, Sort.VIRAL);
        return sort == Sort.RISING ? Sort.VIRAL : sort;
    }

    private static @Nullable Sort sort(String word) {
        return switch (word) {
            case "viral", "hot", "popular", "relevance" -> Sort.VIRAL;
            case "top", "best", "score", "highest" -> Sort.TOP;
            case "time", "new", "newest" -> Sort.TIME;
            case "rising" -> Sort.RISING;
            default -> null;
        };
    }

    private static Window window(List<String> words, Window otherwise) {
        for (String word : words) {
            Window window = window(word);
            if (window != null) {
                return window;
            }
        }
        return otherwise;
    }

    private static @Nullable Window window(String word) {
        return switch (word) {
            case "day" -> Window.DAY;
            case "week" -> Window.WEEK;
            case "month" -> Window.MONTH;
            case "year" -> Window.YEAR;
            case "all" -> Window.ALL;
            default -> null;
        };
    }

    private ImgurUrl other() {
        return new ImgurUrl.Other(text);
    }
}
