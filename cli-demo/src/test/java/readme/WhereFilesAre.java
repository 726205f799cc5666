package readme;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.images.MakeThumbnail;
import dev.gearshift.images.Thumbnail;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.imgscalr.Scalr;

/** The two ways of docs/distributed.md, which has pieces of this. */
final class WhereFilesAre {
    private WhereFilesAre() {}

    static Path theWorkerWrites(TaskExecutor executor, Path shared) {
        Path image = shared.resolve("cat.jpg");
        Thumbnail made = executor.submit(new MakeThumbnail(image, shared.resolve("thumbnails"), 200))
                .join();
        return made.file();
    }

    @SuppressWarnings("ArrayRecordComponent") // bytes travel as they are, and nobody compares two tasks
    record Shrink(byte[] image, int size) implements Task<byte[]> {
        @Override
        public byte[] call() throws IOException {
            BufferedImage small = Scalr.resize(ImageIO.read(new ByteArrayInputStream(image)), size);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(small, "png", bytes);
            return bytes.toByteArray();
        }
    }

    static void theResultIsTheBytes(TaskExecutor executor, Path image, Path thumbnail) throws IOException {
        byte[] small =
                executor.submit(new Shrink(Files.readAllBytes(image), 200)).join();
        Files.write(thumbnail, small);
    }
}
