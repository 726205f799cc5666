package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The image host: {@code /{id}.{extension}}, and {@code /{id}{suffix}.{extension}} for thumbnails. As at Imgur, the
 * extension may lie and a lost image is a redirect.
 */
final class ImagePages {

    static final String REMOVED = "/removed.png";

    private static final Pattern IMAGE = Pattern.compile("/([A-Za-z0-9]{5,8})\\.(jpe?g|png|gif|gifv|mp4|m3u8)");
    private static final int REMOVED_BYTES = 503;
    private static final int REGION_WIDTH = 320;
    private static final int REGION_HEIGHT = 180;

    private final Library library;
    private final URI base;
    private final Thumbnails thumbnails = new Thumbnails();
    private final Picture removed = blank(40, 20, REMOVED_BYTES);
    private final Picture regionBlocked = blank(REGION_WIDTH, REGION_HEIGHT, 0);

    ImagePages(Library library, URI base) {
        this.library = library;
        this.base = base;
    }

    Answer answer(Request request) {
        if (!request.isGet() && !request.isHead()) {
            return Answer.empty(HttpResponseStatus.METHOD_NOT_ALLOWED).with(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        if (request.path().equals(REMOVED)) {
            return picture(request, removed, 0, false);
        }
        Matcher path = IMAGE.matcher(request.path());
        if (!path.matches()) {
            return Answer.of(HttpResponseStatus.NOT_FOUND, "text/plain", "Nothing is here.\n");
        }
        String name = path.group(1);
        ImageEntry image = library.findImage(name);
        if (image == null) {
            return thumbnail(request, name);
        }
        return switch (path.group(2)) {
            case "gifv" -> image.isGif() ? videoPage(image) : gone();
            case "mp4" -> video(request, image);
            case "m3u8" -> image.isGif() && VideoFile.isReady(image) ? playlist(image) : gone();
            default -> picture(request, image.picture(), image.uploaded(), true);
        };
    }

    /** The last letter is a suffix only where what is before it is an id. */
    private Answer thumbnail(Request request, String name) {
        int last = name.length() - 1;
        ImageEntry image = Thumbnails.isSuffix(name.charAt(last)) ? library.findImage(name.substring(0, last)) : null;
        Picture still = image == null ? null : thumbnails.of(image, name.charAt(last));
        return image == null || still == null ? gone() : picture(request, still, image.uploaded(), false);
    }

    /** A browser gets the page around it. */
    private Answer video(Request request, ImageEntry image) {
        if (!image.isGif() || !VideoFile.isReady(image)) {
            return gone();
        }
        return String.valueOf(request.header(HttpHeaderNames.ACCEPT)).contains("text/html")
                ? videoPage(image)
                : picture(request, VideoFile.of(image), image.uploaded(), false);
    }

    Answer gone() {
        return Answer.empty(HttpResponseStatus.FOUND).with(HttpHeaderNames.LOCATION, base.resolve(REMOVED));
    }

    Answer regionBlocked(Request request) {
        return picture(request, regionBlocked, 0, false);
    }

    /** What is at this address now, as though it had been something else before. */
    Answer changed(Request request) {
        Matcher path = IMAGE.matcher(request.path());
        ImageEntry image = path.matches() ? library.findImage(path.group(1)) : null;
        return image == null ? answer(request) : picture(request, other(image), image.uploaded() + 1, false);
    }

    private Picture other(ImageEntry image) {
        List<ImageEntry> stills = library.gallery().stills();
        for (int i = 1; i <= stills.size(); i++) {
            Picture next = stills.get((image.index() + i) % stills.size()).picture();
            if (next.bytes() != image.picture().bytes()) {
                return next;
            }
        }
        return UploadedPicture.painted(image.index());
    }

    private static Answer videoPage(ImageEntry image) {
        return Answer.of(
                HttpResponseStatus.OK,
                ErrorBodies.HTML,
                "<!DOCTYPE html>\n<html><head><title>" + image.id() + "</title></head>\n<body><video loop>"
                        + "<source src=\"/" + image.id() + ".mp4\" type=\"video/mp4\"></video></body></html>\n");
    }

    private static Answer playlist(ImageEntry image) {
        return Answer.of(
                HttpResponseStatus.OK,
                "application/vnd.apple.mpegurl",
                "#EXTM3U\n#EXTINF:2,\n/" + image.id() + ".mp4\n#EXT-X-ENDLIST\n");
    }

    private static Answer picture(Request request, Picture picture, long modified, boolean counts) {
        String etag = picture.etag();
        String lastModified = DateFormatter.format(new Date(modified * 1000));
        HttpHeaders headers = Answer.noHeaders();
        headers.set(HttpHeaderNames.ETAG, etag);
        headers.set(HttpHeaderNames.LAST_MODIFIED, lastModified);
        headers.set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=31536000");
        if (isCurrent(request, etag, modified)) {
            return Answer.of(HttpResponseStatus.NOT_MODIFIED, headers, Answer.nothing(), false);
        }
        headers.set(HttpHeaderNames.CONTENT_TYPE, picture.type());
        ByteRange range = range(request, picture.bytes(), etag, lastModified);
        if (range == null) {
            Answer.Body whole = part(picture, 0, picture.bytes());
            return Answer.of(HttpResponseStatus.OK, headers, whole, counts && request.isGet());
        }
        if (!range.isSatisfiable()) {
            return Answer.empty(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .with(HttpHeaderNames.CONTENT_RANGE, "bytes */" + picture.bytes());
        }
        headers.set(
                HttpHeaderNames.CONTENT_RANGE, "bytes " + range.first() + "-" + range.last() + "/" + picture.bytes());
        Answer.Body part = part(picture, range.first(), range.length());
        return Answer.of(HttpResponseStatus.PARTIAL_CONTENT, headers, part, false);
    }

    private static boolean isCurrent(Request request, String etag, long modified) {
        if (request.header(HttpHeaderNames.IF_NONE_MATCH) != null) {
            return request.alreadyHas(etag);
        }
        String since = request.header(HttpHeaderNames.IF_MODIFIED_SINCE);
        Date date = since == null ? null : DateFormatter.parseHttpDate(since);
        return date != null && date.getTime() >= modified * 1000;
    }

    private static @Nullable ByteRange range(Request request, long length, String etag, String lastModified) {
        if (!request.isGet()) {
            return null;
        }
        String ifRange = request.header(HttpHeaderNames.IF_RANGE);
        boolean same = ifRange == null || ifRange.equals(etag) || ifRange.equals(lastModified);
        return same ? ByteRange.parse(request.header(HttpHeaderNames.RANGE), length) : null;
    }

    private static Answer.Body part(Picture picture, long first, long length) {
        if (picture.content() instanceof Picture.OnDisk disk) {
            return new Answer.FilePart(disk.file(), first, length);
        }
        Picture.InMemory memory = (Picture.InMemory) picture.content();
        return new Answer.Bytes(memory.buffer().slice((int) first, (int) length));
    }

    private static Picture blank(int width, int height, int bytes) {
        byte[] png = PngFile.encode(new byte[width * height * 3], width, height, bytes, 0);
        return Picture.inMemory("image/png", width, height, png);
    }
}
