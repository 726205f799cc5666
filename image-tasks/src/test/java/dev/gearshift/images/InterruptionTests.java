package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.local.SequentialStrategy;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class InterruptionTests extends ThumbnailTest {

    @Test
    void anInterruptedThreadMakesNoThumbnail() throws Exception {
        Path image = file("a.jpg", ImageFiles.jpeg(Pictures.quarters(300, 200)));

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new MakeThumbnail(image, thumbnails, 50).call())
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(made()).isEmpty();
    }

    /** From memory, as a file would be closed by the interrupt. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "jpeg", "tiff"})
    void anInterruptEndsDecoding(String format) throws Exception {
        byte[] bytes = ImageFiles.of(Pictures.grainy(900, 600), format);
        ImageReader reader =
                Objects.requireNonNull(Codecs.reader(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))));
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
        DecodingWatch watch = new DecodingWatch();
        reader.addIIOReadProgressListener(watch);

        Thread.currentThread().interrupt();
        BufferedImage picture = reader.read(0);

        assertThatThrownBy(watch::throwIfInterrupted).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        int last = format.equals("bmp") ? 0 : picture.getHeight() - 1;
        assertThat(picture.getRGB(0, last, 900, 1, null, 0, 900))
                .as("not decoded so far")
                .containsOnly(picture.getRGB(0, last));
        reader.dispose();
    }

    @Test
    void anInterruptEndsReading() throws Exception {
        Path image = file("a.bmp", ImageFiles.of(Pictures.grainy(900, 600), "bmp"));
        try (SourceImage source = SourceImage.open(image, MakeThumbnail.MAX_PIXELS)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> source.decode(source.fitInto(900)))
                    .isInstanceOfAny(InterruptedException.class, ClosedByInterruptException.class, IIOException.class);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void cancellingARunningTaskEndsItsWork() throws Exception {
        // Many passes over many pixels: some seconds, if nobody ends it.
        Path image = file("a.jpg", ImageFiles.progressiveJpeg(Pictures.grainy(4000, 3000)));
        CountDownLatch started = new CountDownLatch(1);
        TaskListener listener = new TaskListener() {
            @Override
            public void started(TaskEvent event) {
                started.countDown();
            }
        };
        try (TaskExecutor executor =
                new SequentialStrategy().open(StrategySettings.defaults().withListener(listener))) {
            TaskFuture<Thumbnail> thumbnail = executor.submit(new MakeThumbnail(image, thumbnails, 3000));
            started.await();
            long before = System.nanoTime();
            thumbnail.cancel(true);
            executor.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(made()).isEmpty();
    }
}
