package dev.gearshift.images;

import java.awt.image.BufferedImage;
import java.util.List;
import org.imgscalr.Scalr;
import org.imgscalr.Scalr.Rotation;

/** How a camera was held, as EXIF tells it, and the turns that put the picture upright. */
enum Orientation {
    UPRIGHT,
    MIRRORED(Rotation.FLIP_HORZ),
    UPSIDE_DOWN(Rotation.CW_180),
    UPSIDE_DOWN_MIRRORED(Rotation.FLIP_VERT),
    ON_ITS_LEFT_SIDE_MIRRORED(Rotation.CW_90, Rotation.FLIP_HORZ),
    ON_ITS_LEFT_SIDE(Rotation.CW_90),
    ON_ITS_RIGHT_SIDE_MIRRORED(Rotation.CW_90, Rotation.FLIP_VERT),
    ON_ITS_RIGHT_SIDE(Rotation.CW_270);

    private final List<Rotation> turns;

    Orientation(Rotation... turns) {
        this.turns = List.of(turns);
    }

    /** By the number in EXIF, 1 to 8; any other means upright. */
    static Orientation ofExif(int number) {
        return number >= 1 && number <= 8 ? values()[number - 1] : UPRIGHT;
    }

    BufferedImage putUpright(BufferedImage picture) {
        BufferedImage upright = picture;
        for (Rotation turn : turns) {
            upright = Scalr.rotate(upright, turn);
        }
        return upright;
    }
}
