package dev.gearshift.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintWriter;

/**
 * What {@code download} says at the end.
 *
 * @param batch what came of the downloads
 * @param listing what came of asking Imgur for them
 */
record DownloadReport(@JsonUnwrapped BatchReport batch, ListingAccount listing) {

    /** Prints this as JSON; or what failed and what was not listed, and then one sentence. */
    void print(PrintWriter out, boolean json, String summary) {
        if (json) {
            JsonOutput.print(out, this);
            return;
        }
        listing.notListed().forEach(gap -> out.println(gap.sentence()));
        batch.print(out, false, summary + listing.leftOut());
    }

    int exitCode() {
        return batch.exitCode() == 0 && !listing.notListed().isEmpty() ? Main.FAILED : batch.exitCode();
    }
}
