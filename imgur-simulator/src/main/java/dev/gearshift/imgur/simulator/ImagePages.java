package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URI;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The image host: {@code /{id}.{extension}}. As at Imgur, the extension may lie and a lost image is a redirect. */
final class ImagePages {

    private static final Pattern IMAGE = Pattern.compile("/([A-Za-z0-9]{5,8})\\.(jpe?g|png|gif|gifv|mp4|m3u8)");
    private static final String REMOVED = "/removed.png";
    private static final int REMOVED_BYTES = 503;

    private final Gallery gallery;
    private final URI base;
    private final Picture removed = removed();

    ImagePages(Gallery gallery, URI base) {
        this.gallery = gallery;
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
        ImageEntry image = gallery.image(path.group(1));
        if (image == null) {
            return gone();
        }
        return switch (path.group(2)) {
            case "gifv" -> image.isGif() ? videoPage(image) : gone();
            case "mp4", "m3u8" -> gone();
            default -> picture(request, image.picture(), image.uploaded(), true);
        };
    }

    private Answer gone() {
        return Answer.empty(HttpResponseStatus.FOUND).with(HttpHeaderNames.LOCATION, base.resolve(REMOVED));
    }

    private static Answer videoPage(ImageEntry image) {
        return Answer.of(
                HttpResponseStatus.OK,
                "text/html; charset=utf-8",
                "<!DOCTYPE html>\n<html><head><title>" + image.id() + "</title></head>\n<body><video loop>"
                        + "<source src=\"/" + image.id() + ".mp4\" type=\"video/mp4\"></video></body></html>\n");
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
            return new Answer(
                    HttpResponseStatus.NOT_MODIFIED,
                    headers,
                    Answer.empty(HttpResponseStatus.OK).body(),
                    false);
        }
        headers.set(HttpHeaderNames.CONTENT_TYPE, picture.type());
        ByteRange range = range(request, picture.bytes(), etag, lastModified);
        if (range == null) {
            Answer.Body whole = part(picture, 0, picture.bytes());
            return new Answer(HttpResponseStatus.OK, headers, whole, counts && request.isGet());
        }
        if (!range.isSatisfiable()) {
            return Answer.empty(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .with(HttpHeaderNames.CONTENT_RANGE, "bytes */" + picture.bytes());
        }
        headers.set(
                HttpHeaderNames.CONTENT_RANGE, "bytes " + range.first() + "-" + range.last() + "/" + picture.bytes());
        Answer.Body part = part(picture, range.first(), range.length());
        return new Answer(HttpResponseStatus.PARTIAL_CONTENT, headers, part, false);
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

    private static Picture removed() {
        int width = 40;
        int height = 20;
        byte[] png = PngFile.encode(new byte[width * height * 3], width, height, REMOVED_BYTES, 0);
        return Picture.inMemory("image/png", width, height, png);
    }
}
