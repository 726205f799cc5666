package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.TaskCatalog;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ImageTaskCatalogTests {

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(TaskCatalog.class)).hasAtLeastOneElementOfType(ImageTaskCatalog.class);
    }

    @Test
    void namesAreStable() {
        assertThat(new ImageTaskCatalog().tasks())
                .isEqualTo(Map.of("image.download", DownloadImage.class, "image.thumbnail", MakeThumbnail.class));
    }
}
