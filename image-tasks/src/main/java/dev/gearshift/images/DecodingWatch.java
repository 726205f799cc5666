package dev.gearshift.images;

import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/** Ends decoding when the thread is interrupted, and hears of pixels that are missing, for which readers only warn. */
final class DecodingWatch implements IIOReadProgressListener, IIOReadWarningListener {
    /** Parts of warnings that browsers, too, pass over: about bytes between the parts, colour profiles and headers. */
    private static final List<String> HARMLESS =
            List.of("extraneous bytes", "JFIF", "ICC", "profile", "Adobe", "Invalid SOS parameters");

    private @Nullable String warning;
    private boolean interrupted;

    /** The first warning of missing pixels, or {@code null}. */
    @Nullable
    String warning() {
        return warning;
    }

    void throwIfInterrupted() throws InterruptedException {
        if (interrupted || Thread.currentThread().isInterrupted()) {
            Thread.interrupted();
            throw new InterruptedException();
        }
    }

    @Override
    public void warningOccurred(ImageReader source, String text) {
        if (warning == null && HARMLESS.stream().noneMatch(text::contains)) {
            warning = text;
        }
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        if (Thread.currentThread().isInterrupted()) {
            interrupted = true;
            source.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
