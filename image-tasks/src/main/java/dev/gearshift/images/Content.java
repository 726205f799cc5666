package dev.gearshift.images;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file is by its first bytes, whatever its name says. */
enum Content {
    EMPTY("is empty; get the file again"),
    JPEG("is a JPEG that no reader here can read; check that the JDK is a whole one, with the module java.desktop"),
    WEBP("is WebP, for which there is no reader here; add com.twelvemonkeys.imageio:imageio-webp, or convert the file"),
    AVIF_OR_HEIC("is AVIF or HEIC, for which there is no reader here; convert the file to JPEG or PNG"),
    VIDEO("is a video; only images can be made smaller"),
    SVG("is SVG, a drawing without pixels; convert the file to PNG"),
    WEB_PAGE("is a web page under an image's name; get the file again, and look at what the server answers"),
    OTHER("is no image of a kind that can be read here; check what it is, or get the file again");

    /** How many bytes {@link #of} looks at. */
    static final int HEAD = 64;

    private final String refusal;

    Content(String refusal) {
        this.refusal = refusal;
    }

    /** What to say if no reader takes it. */
    String refusal() {
        return refusal;
    }

    static Content of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String lower =
                text.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        if (head.length == 0) {
            return EMPTY;
        } else if (text.startsWith("\u00ff\u00d8")) {
            return JPEG;
        } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return WEBP;
        } else if (text.startsWith("ftyp", 4)) {
            return isStillPicture(text) ? AVIF_OR_HEIC : VIDEO;
        } else if (text.startsWith("\u001aE\u00df\u00a3")) {
            return VIDEO;
        } else if (lower.startsWith("<svg") || lower.startsWith("<?xml") && lower.contains("<svg")) {
            return SVG;
        } else if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.startsWith("<head")) {
            return WEB_PAGE;
        }
        return OTHER;
    }

    private static boolean isStillPicture(String text) {
        return text.startsWith("avi", 8)
                || text.startsWith("hei", 8)
                || text.startsWith("hev", 8)
                || text.startsWith("mif1", 8)
                || text.startsWith("msf1", 8);
    }
}
