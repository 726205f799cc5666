package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What is served as the video of a GIF: the frame of an MP4 file, and filler. No player shows it. */
final class VideoFile {

    private static final int BOX_HEADER = 8;
    private static final int SMALLER_BY = 3;

    private VideoFile() {}

    /** Whether it has been made yet. */
    static boolean isReady(ImageEntry gif) {
        return gif.index() % 3 != 2;
    }

    static long length(ImageEntry gif) {
        return gif.picture().bytes() / SMALLER_BY;
    }

    static Picture of(ImageEntry gif) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        writeBox(file, "ftyp", "isom\0\0\2\0isommp41".getBytes(StandardCharsets.US_ASCII));
        byte[] filler = new byte[(int) Math.max(0, length(gif) - file.size() - BOX_HEADER)];
        new Filler(gif.index()).fill(filler, 0, filler.length);
        writeBox(file, "mdat", filler);
        return Picture.onHeap("video/mp4", 0, 0, file.toByteArray());
    }

    private static void writeBox(ByteArrayOutputStream file, String type, byte[] content) {
        file.writeBytes(
                ByteBuffer.allocate(4).putInt(BOX_HEADER + content.length).array());
        file.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(content);
    }
}
