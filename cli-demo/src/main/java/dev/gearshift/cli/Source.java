package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurUrl;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One source of images, as a user names it. What Imgur is to be asked about is an {@link ImgurUrl}, whether it was named
 * by its address or in short:
 *
 * <pre>
 * random
 * gallery:SECTION    [/SORT][/WINDOW]      SECTION hot | top | user
 * subreddit:NAME     [/SORT][/WINDOW]      SORT    viral | top | time | rising (gallery:user only)
 * tag:NAME           [/SORT][/WINDOW]      WINDOW  day | week | month | year | all
 * search:WORDS       [/SORT][/WINDOW]
 * user:NAME   album:ID   image:ID
 * </pre>
 */
sealed interface Source {
    /** The forms, one a line. */
    String HELP = "One or more of:%n"
            + "  the http or https address of a file%n"
            + "  any address of Imgur, as of a gallery or a user%n"
            + "  gallery:hot gallery:top gallery:user%n"
            + "  subreddit:NAME tag:NAME search:WORDS%n"
            + "  user:NAME album:ID image:ID random%n"
            + "  @FILE with one source a line; # is a comment%n"
            + "  - for such a list from standard input%n"
            + "Lists but a user's may end in /viral, /top, /time or /rising (gallery:user only), and in /day, /week,"
            + " /month, /year or /all. What Imgur has to be asked about needs IMGUR_CLIENT_ID, or --api.";

    /** What it was called by the user, for messages. */
    String name();

    /** The address of a file, for which nobody has to be asked. */
    record OfFile(String name, URI address) implements Source {}

    /** What Imgur has to be asked about. */
    record OfImgur(String name, ImgurUrl what) implements Source {}

    /**
     * Reads one.
     *
     * @param where where it stands, such as {@code line 3 of urls.txt}; {@code null} for the command line
     * @throws UsageException if it is none
     */
    static Source of(String text, @Nullable String where) {
        return new SourceReader(text, where).read();
    }
}
