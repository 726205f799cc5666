package dev.gearshift.cli;

import com.google.common.base.Splitter;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurPages;
import java.util.List;

/** How to list what is left of a source, without paying again for what is listed. */
final class GoOn {
    private GoOn() {}

    /** A command line for it, as a shell reads it. */
    static String with(String source, int page) {
        String word = source.matches("[A-Za-z0-9_./:,@%+=-]+") ? source : "'" + source.replace("'", "'\\''") + "'";
        return "gearshift download " + word + (page == WantedImages.FIRST ? "" : " --from-page " + page);
    }

    /** Which page of a list was asked for when that happened. */
    static int pageOf(ImgurPages<?> list, ImgurException e) {
        List<String> form = Splitter.on('/').splitToList(list.endpoint());
        List<String> asked = Splitter.on('/').splitToList(e.requestPath());
        // Counted from the end: a name before it may have a slash in it.
        int fromTheEnd = form.size() - form.indexOf("{page}");
        return Integer.parseInt(asked.get(asked.size() - fromTheEnd)) + WantedImages.FIRST;
    }
}
