package dev.gearshift.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking Imgur for what there is to download.
 *
 * @param listed how many images were found, also without asking
 * @param albumsLeftOut albums of lists that were not asked for
 * @param animationsLeftOut GIFs and videos of lists that were not asked for
 * @param creditsSpent what it cost
 * @param notListed what could not be listed, or not to its end
 */
record ListingAccount(int listed, int albumsLeftOut, int animationsLeftOut, long creditsSpent, List<Gap> notListed) {

    /**
     * Something that is missing from the list.
     *
     * @param source what was named
     * @param listed how many images of it are in the list
     * @param reason why there are no more
     * @param goOn the command that lists the rest; {@code null} if there is none that could do better
     */
    record Gap(
            String source,
            int listed,
            String reason,
            @Nullable String goOn) {
        String sentence() {
            return "not listed: " + source + (listed == 0 ? "" : " after " + listed + " images") + ": " + reason
                    + (goOn == null ? "" : " To go on, with the same options: " + goOn);
        }
    }

    /** What was left out on purpose, as the end of a sentence. */
    String leftOut() {
        return (albumsLeftOut == 0 ? "" : ", " + albumsLeftOut + " albums left out (--albums takes them)")
                + (animationsLeftOut == 0
                        ? ""
                        : ", " + animationsLeftOut + " animations left out (--animations takes them)");
    }
}
