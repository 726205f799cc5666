package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurPages;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which images of a list to take. An image or album that is named by itself is taken as it is. */
final class WantedImages {
    /** What the first page of a list is called. */
    static final int FIRST = 1;

    private static final Set<String> STILL = Set.of("image/jpeg", "image/png");

    @Option(
            names = "--albums",
            description = "Of lists, also the albums, with all their images; each may cost a credit.")
    private boolean albums;

    @Option(names = "--animations", description = "Of lists, also GIFs and videos.")
    private boolean animations;

    @Option(names = "--mature", description = "Of lists, also what is marked as mature.")
    private boolean mature;

    @Option(
            names = "--from-page",
            paramLabel = "N",
            defaultValue = "" + FIRST,
            description = "Of lists, begin with this page, as to go on where credits were used up. Default: 1, the"
                    + " first.")
    private int fromPage = FIRST;

    /** Finds what is wrong with them before anything is asked. */
    void check() {
        if (fromPage < FIRST) {
            throw new UsageException("--from-page must be 1 or more, but is " + fromPage + ".");
        }
    }

    /** A list as it is to be asked for. */
    ImgurPages<GalleryItem> of(ImgurPages<GalleryItem> list) {
        ImgurPages<GalleryItem> asked = list.startingAt(fromPage - FIRST);
        asked = mature ? asked.withParameter("mature", "true") : asked;
        // Small albums then come with all their images, and cost nothing more.
        return albums ? asked.withParameter("album_previews", "true") : asked;
    }

    int fromPage() {
        return fromPage;
    }

    boolean albums() {
        return albums;
    }

    boolean animations() {
        return animations;
    }

    static boolean isStill(Image image) {
        return image.type() != null && STILL.contains(image.type());
    }
}
