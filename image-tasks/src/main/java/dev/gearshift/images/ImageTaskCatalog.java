package dev.gearshift.images;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskCatalog;
import java.util.Map;

/** {@code image.download} and {@code image.thumbnail}, for strategies whose workers are other programs. */
public final class ImageTaskCatalog implements TaskCatalog {
    /** For the service loader. */
    public ImageTaskCatalog() {}

    @Override
    public Map<String, Class<? extends Task<?>>> tasks() {
        return Map.of("image.download", DownloadImage.class, "image.thumbnail", MakeThumbnail.class);
    }
}
