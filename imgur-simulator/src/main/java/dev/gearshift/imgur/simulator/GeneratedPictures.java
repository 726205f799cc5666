package dev.gearshift.imgur.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Pictures made from a seed: picture {@code i} depends on the seed, its size and {@code i} alone. */
final class GeneratedPictures {

    private static final int PNG_EVERY = 12;
    private static final int PNG_OFFSET = 7;
    private static final int PROGRESSIVE_EVERY = 6;
    private static final int TURNED_EVERY = 10;

    /** Up to here a picture is tiny, and a comment makes up the rest of its bytes. */
    private static final int TINY = 8 * 1024;

    private static final int TINY_WIDTH = 16;
    private static final int TINY_HEIGHT = 12;
    private static final float TINY_QUALITY = 0.3f;
    private static final int TINY_MOTIFS = 32;

    private static final int JPEG_GRAIN = 18;
    private static final int PNG_GRAIN = 6;
    private static final double PNG_BYTES_PER_PIXEL = 0.88;
    private static final double MAX_PIXELS = 12e6;

    /** Widths and heights of photographs of about a megapixel; scaled with the wanted size of the files. */
    private static final int[][] SHAPES = {
        {1024, 768}, {1152, 864}, {1280, 720}, {768, 1024}, {1024, 768}, {1280, 960}, {1024, 768}, {1600, 1200}
    };

    private final long seed;
    private final int length;
    private final QualityCurve[] curves;
    private final byte[][] tinyMotifs;

    private GeneratedPictures(long seed, int length) {
        this.seed = seed;
        this.length = length;
        if (length <= TINY) {
            this.curves = new QualityCurve[0];
            this.tinyMotifs = new byte[TINY_MOTIFS][];
            for (int motif = 0; motif < TINY_MOTIFS; motif++) {
                byte[] pixels = Scene.paint(SeedMix.mix(seed, motif), TINY_WIDTH, TINY_HEIGHT, 0);
                tinyMotifs[motif] = JpegFile.encode(pixels, TINY_WIDTH, TINY_HEIGHT, TINY_QUALITY, false);
            }
        } else {
            int[] size = scaled(SHAPES[0]);
            byte[] pixels = Scene.paint(seed, size[0], size[1], JPEG_GRAIN);
            this.curves = Stream.of(false, true)
                    .parallel()
                    .map(progressive -> new QualityCurve(pixels, size[0], size[1], progressive))
                    .toArray(QualityCurve[]::new);
            this.tinyMotifs = new byte[0][];
        }
    }

    /**
     * Makes them, on as many threads as there are processors; the threads have ended when this returns.
     *
     * @param prepared told after each picture how many are ready, by one thread at a time and in order
     */
    static List<Picture> prepare(int count, int length, long seed, IntConsumer prepared) {
        GeneratedPictures pictures = new GeneratedPictures(seed, length);
        int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
        Picture[] made = new Picture[count];
        AtomicInteger next = new AtomicInteger();
        Progress progress = new Progress(prepared);
        ExecutorService painters = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "imgur-simulator-painter");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(painters.submit(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        made[i] = pictures.picture(i);
                        progress.oneMore();
                    }
                }));
            }
            await(running);
        } finally {
            painters.shutdownNow();
        }
        return List.of(made);
    }

    private static void await(List<Future<?>> running) {
        try {
            for (Future<?> painter : running) {
                painter.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the simulator's images were being made.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The simulator's images could not be made: " + e.getCause(), e.getCause());
        }
    }

    private Picture picture(int index) {
        boolean png = index % PNG_EVERY == PNG_OFFSET;
        if (length <= TINY) {
            return png ? tinyPng(index) : tinyJpeg(index);
        }
        return png ? png(index) : jpeg(index);
    }

    private Picture tinyJpeg(int index) {
        byte[] jpeg = JpegFile.padded(tinyMotifs[index % TINY_MOTIFS], length, SeedMix.mix(seed, index));
        return Picture.inMemory("image/jpeg", TINY_WIDTH, TINY_HEIGHT, jpeg);
    }

    private Picture tinyPng(int index) {
        byte[] pixels = Scene.paint(SeedMix.mix(seed, index), TINY_WIDTH / 2, TINY_HEIGHT / 2, 0);
        byte[] png = PngFile.encode(pixels, TINY_WIDTH / 2, TINY_HEIGHT / 2, length, SeedMix.mix(seed, index));
        return Picture.inMemory("image/png", TINY_WIDTH / 2, TINY_HEIGHT / 2, png);
    }

    private Picture jpeg(int index) {
        boolean progressive = index % PROGRESSIVE_EVERY == 2;
        int[] size = scaled(SHAPES[index % SHAPES.length]);
        int width = size[0];
        int height = size[1];
        byte[] pixels = Scene.paint(SeedMix.mix(seed, index), width, height, JPEG_GRAIN);
        byte[] jpeg = fitted(pixels, width, height, progressive);
        if (index % TURNED_EVERY == 3) {
            jpeg = JpegFile.turnedRight(jpeg);
        }
        if (jpeg.length < 0.95 * length) {
            jpeg = JpegFile.padded(jpeg, length, SeedMix.mix(seed, index));
        }
        return Picture.inMemory("image/jpeg", width, height, jpeg);
    }

    private int[] scaled(int[] shape) {
        double scale = Math.sqrt(Math.min(
                (double) length / SimulatorSettings.defaults().imageBytes(), MAX_PIXELS / (shape[0] * shape[1])));
        return new int[] {Math.max(16, (int) (shape[0] * scale) & ~7), Math.max(16, (int) (shape[1] * scale) & ~7)};
    }

    private byte[] fitted(byte[] pixels, int width, int height, boolean progressive) {
        QualityCurve curve = curves[progressive ? 1 : 0];
        double perPixel = (double) length / (width * height);
        byte[] jpeg = JpegFile.encode(pixels, width, height, curve.qualityFor(perPixel), progressive);
        for (int attempt = 0; attempt < 3 && jpeg.length > 1.07 * length; attempt++) {
            perPixel *= (double) length / jpeg.length;
            jpeg = JpegFile.encode(pixels, width, height, curve.qualityFor(perPixel), progressive);
        }
        return jpeg;
    }

    private Picture png(int index) {
        double pixelCount = Math.min(0.95 * length / PNG_BYTES_PER_PIXEL, MAX_PIXELS);
        int width = Math.max(8, (int) Math.sqrt(pixelCount * 4 / 3));
        int height = Math.max(8, (int) (pixelCount / width));
        byte[] pixels = Scene.paint(SeedMix.mix(seed, index), width, height, PNG_GRAIN);
        byte[] png = PngFile.encode(pixels, width, height, length, SeedMix.mix(seed, index));
        return Picture.inMemory("image/png", width, height, png);
    }

    private static final class Progress {

        private final IntConsumer prepared;
        private int ready;

        Progress(IntConsumer prepared) {
            this.prepared = prepared;
        }

        synchronized void oneMore() {
            ready++;
            prepared.accept(ready);
        }
    }
}
