package dev.gearshift.imgur.simulator;

import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** How large an image is, in pixels; 0 where that isn't known. */
record PixelSize(int width, int height) {

    static PixelSize of(ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            return new PixelSize(0, 0);
        }
        ImageReader reader = readers.next();
        try {
            reader.setInput(in);
            return new PixelSize(reader.getWidth(0), reader.getHeight(0));
        } finally {
            reader.dispose();
        }
    }
}
