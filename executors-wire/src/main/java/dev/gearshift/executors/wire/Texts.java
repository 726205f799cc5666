package dev.gearshift.executors.wire;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.ZoneId;

/** The types that travel as their text. What its text does not make again is refused. */
final class Texts {
    private Texts() {}

    static void put(Object value, WireWriter out) {
        if (value instanceof Path path && !path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new Misfit(
                    "it is a path of " + path.getFileSystem().provider().getScheme()
                            + ", and only those of the default file system are the same in another JVM",
                    "Copy the file to the default file system, or pass its URI.");
        }
        String text = value instanceof ZoneId zone ? zone.getId() : value.toString();
        if (!same(value, text)) {
            throw new Misfit(
                    "its text, \"" + cut(text) + "\", makes another "
                            + value.getClass().getSimpleName(),
                    "Pass one that can be written as text.");
        }
        out.text(text);
    }

    private static boolean same(Object value, String text) {
        try {
            if (value instanceof URI) {
                return value.equals(uri(text));
            }
            return value instanceof Path
                    ? value.equals(Path.of(text))
                    : value instanceof File ? value.equals(new File(text)) : value.equals(ZoneId.of(text));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** As much of a text from elsewhere as fits into a message. */
    static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** A throwable as a message has it: its own text may be long, and may be a throw. */
    static String told(Throwable thrown) {
        try {
            return cut("" + thrown);
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Malformed("it is no URI", e);
        }
    }
}
