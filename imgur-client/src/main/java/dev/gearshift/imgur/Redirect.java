package dev.gearshift.imgur;

import dev.gearshift.imgur.DownloadFailedException.Reason;
import dev.gearshift.imgur.internal.Secrets;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads: to an address, or nowhere for a reason. Exactly one of the two is there.
 *
 * @param next the address to ask instead
 * @param refusal why it is not followed
 */
record Redirect(@Nullable URI next, @Nullable Problem refusal) {
    private static final int MOST = 5;

    /** What to do about the {@code Location} of an answer after so many redirects before it. */
    static Redirect of(URI from, String location, int status, int before) {
        URI next;
        try {
            next = from.resolve(location.trim());
        } catch (IllegalArgumentException notAnAddress) {
            return refused(Reason.REDIRECT, "it redirects to what is no address", status);
        }
        if ("/removed.png".equals(next.getPath())) {
            return refused(Reason.REMOVED, "the image was removed from Imgur", status);
        }
        if (!HttpAddress.is(next)) {
            return refused(Reason.REDIRECT, "it redirects to what is no http address", status);
        }
        if (HttpAddress.isHttps(from) && !HttpAddress.isHttps(next)) {
            return refused(
                    Reason.REDIRECT,
                    "it redirects from https to " + Secrets.masked(next) + ", which is not encrypted",
                    status);
        }
        if (before >= MOST) {
            return refused(Reason.REDIRECT, "it redirects more than " + MOST + " times", status);
        }
        return new Redirect(next, null);
    }

    private static Redirect refused(Reason reason, String what, int status) {
        return new Redirect(null, Problem.lasting(reason, what, status));
    }
}
