package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The picture in an upload: a file, base64, or an address. Nothing is fetched from an address: that of an image here
 * gives its bytes, any other gives a small picture that follows from it.
 */
final class UploadedPicture {

    private static final int BAD_TYPE_CODE = 1003;
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final Pattern OWN = Pattern.compile("/([A-Za-z0-9]{5,7})\\.[a-z0-9]+");

    private final Library library;
    private final URI base;
    private final int maxBytes;

    UploadedPicture(Library library, URI base, int maxBytes) {
        this.library = library;
        this.base = base;
        this.maxBytes = maxBytes;
    }

    Picture of(Form form) {
        Form.Field field = form.field("image");
        if (field == null || field.content().bytes().length == 0) {
            throw form.field("video") == null
                    ? Refusal.badRequest("No image data was sent to the upload api")
                    : badType();
        }
        String type = String.valueOf(form.text("type")).toLowerCase(Locale.ROOT);
        byte[] bytes = field.content().bytes();
        if (field.fileName() != null || type.equals("file") || type.equals("raw") || mimeType(bytes) != null) {
            return file(bytes);
        }
        String text = field.content().text().trim();
        return type.equals("url") || text.matches("(?i)https?:.*") ? linked(text) : file(base64(text));
    }

    private Picture file(byte[] bytes) {
        if (bytes.length > maxBytes) {
            throw Call.tooLarge();
        }
        String type = mimeType(bytes);
        if (type == null) {
            throw badType();
        }
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            PixelSize size = PixelSize.of(in);
            if (size.width() > 0) {
                return Picture.onHeap(type, size.width(), size.height(), bytes);
            }
        } catch (IOException | RuntimeException e) {
            // The readers of the platform answer to broken files with whatever they stumbled over.
            throw corrupt();
        }
        throw corrupt();
    }

    private static Refusal corrupt() {
        return Refusal.badRequest("Image format not supported, or image is corrupt.");
    }

    private Picture linked(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("Invalid URL");
        }
        if (uri.getHost() == null) {
            throw Refusal.badRequest("Invalid URL");
        }
        if (!base.getAuthority().equals(uri.getAuthority())) {
            return painted(address.hashCode());
        }
        Matcher path = OWN.matcher(uri.getPath());
        return library.image(path.matches() ? path.group(1) : "").picture();
    }

    static Picture painted(long seed) {
        byte[] png = PngFile.encode(Scene.paint(seed, WIDTH, HEIGHT, 0), WIDTH, HEIGHT, 0, 0);
        return Picture.onHeap("image/png", WIDTH, HEIGHT, png);
    }

    private static byte[] base64(String text) {
        try {
            // A plus sign that nobody escaped has become a space.
            String digits = text.replace(' ', '+');
            return Base64.getMimeDecoder().decode(digits.substring(digits.indexOf(',') + 1));
        } catch (IllegalArgumentException e) {
            throw badType();
        }
    }

    private static Refusal badType() {
        return new Refusal(asked ->
                ErrorBodies.coded(asked, HttpResponseStatus.BAD_REQUEST, BAD_TYPE_CODE, "File type invalid (1)"));
    }

    private static @Nullable String mimeType(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        return start.equals("\u0089PNG") ? "image/png" : start.equals("GIF8") ? "image/gif" : null;
    }
}
