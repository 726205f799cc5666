package readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.redis.PrivateRedis;
import dev.gearshift.executors.redis.RedisSettings;
import dev.gearshift.executors.redis.RedisStrategy;
import dev.gearshift.executors.redis.RedisWorker;
import dev.gearshift.executors.redis.WorkerSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of where files are compile, run through a Redis, and are those that stand in the documentation. */
@Timeout(60)
final class WhereFilesAreTests {
    private static final Pattern SECTION = Pattern.compile("\\n## Where files are\\n(.*?)\\n## ", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = Path.of(System.getProperty("gearshift.root", ".."));

    @TempDir
    private Path folder;

    @Test
    void bothMakeAThumbnail_atTheWorkerAndHere() throws IOException {
        Path image = folder.resolve("cat.jpg");
        ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "jpg", image.toFile());
        try (PrivateRedis redis = PrivateRedis.start()) {
            RedisSettings settings = RedisSettings.defaults().withUri(redis.uri());
            WorkerSettings threads = WorkerSettings.of(
                    settings, ConcurrencyStrategies.choose("threads").strategy());
            try (RedisWorker worker = RedisWorker.start(threads);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                assertThat(worker.tasks()).contains("image.thumbnail", "pictures.shrink");

                Path there = WhereFilesAre.theWorkerWrites(executor, folder);
                assertThat(there).isEqualTo(folder.resolve("thumbnails").resolve("cat_thumbnail.jpg"));
                assertIsSmall(there);

                Path here = folder.resolve("cat_thumbnail.png");
                WhereFilesAre.theResultIsTheBytes(executor, image, here);
                assertIsSmall(here);
            }
        }
    }

    private static void assertIsSmall(Path thumbnail) throws IOException {
        BufferedImage picture = ImageIO.read(thumbnail.toFile());
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(200, 150);
    }

    @Test
    void standInTheDocumentation() throws IOException {
        String source =
                withoutSpace(Files.readString(ROOT.resolve("cli-demo/src/test/java/readme/WhereFilesAre.java")));
        String documentation = Files.readString(ROOT.resolve("docs/distributed.md"));
        String section = SECTION.matcher(documentation)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        List<String> blocks =
                BLOCK.matcher(section).results().map(block -> block.group(1)).toList();

        assertThat(blocks).hasSize(3).allSatisfy(block -> assertThat(source).contains(withoutSpace(block)));
    }

    /** Lines are broken and indented in another way there. */
    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
