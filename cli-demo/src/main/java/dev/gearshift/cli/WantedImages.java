package dev.gearshift.cli;

import dev.gearshift.imgur.model.Image;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which images of a list to take. An image or album that is named by itself is taken as it is. */
final class WantedImages {
    private static final Set<String> STILL = Set.of("image/jpeg", "image/png");

    @Option(
            names = "--albums",
            description = "Of lists, also the albums, with all their images; each may cost a credit.")
    private boolean albums;

    @Option(names = "--animations", description = "Of lists, also GIFs and videos.")
    private boolean animations;

    boolean albums() {
        return albums;
    }

    boolean animations() {
        return animations;
    }

    static boolean isStill(Image image) {
        return image.type() != null && STILL.contains(image.type());
    }

    /** The bytes of an image. The link of a large GIF is only a still of it; then the MP4 is what was uploaded. */
    static @Nullable URI fileOf(Image image) {
        URI link = image.link();
        boolean stillOfAnimation = link != null
                && image.animated()
                && String.valueOf(link.getPath()).endsWith("/" + image.id() + "h.gif");
        return stillOfAnimation && image.mp4() != null ? image.mp4() : link;
    }
}
