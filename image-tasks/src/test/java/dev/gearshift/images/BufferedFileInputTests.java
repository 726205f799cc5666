package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.stream.FileImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BufferedFileInputTests {
    private static final int LENGTH = 300_000;

    @TempDir
    private Path folder;

    /** Any calls in any order: the JDK's unbuffered stream of the same file tells what is right. */
    @Test
    void doesAsTheUnbufferedStreamDoes() throws Exception {
        Random random = new Random(11);
        byte[] content = new byte[LENGTH];
        random.nextBytes(content);
        Path file = Files.write(folder.resolve("a"), content);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "r");
                FileImageInputStream expected = new FileImageInputStream(raw);
                BufferedFileInput actual = new BufferedFileInput(file)) {
            assertThat(actual.length()).isEqualTo(LENGTH);
            for (int i = 0; i < 20_000; i++) {
                int kind = random.nextInt(6);
                if (kind == 0) {
                    long position = random.nextInt(LENGTH + 100);
                    expected.seek(position);
                    actual.seek(position);
                } else if (kind == 1) {
                    int length = random.nextInt(200_000);
                    byte[] wanted = new byte[length];
                    byte[] got = new byte[length];
                    assertThat(actual.read(got, 0, length)).isEqualTo(expected.read(wanted, 0, length));
                    assertThat(got).isEqualTo(wanted);
                } else if (kind == 2 && expected.getStreamPosition() < LENGTH) {
                    int bits = 1 + random.nextInt(7);
                    assertThat(actual.readBits(bits)).isEqualTo(expected.readBits(bits));
                } else {
                    assertThat(actual.read()).isEqualTo(expected.read());
                }
                assertThat(actual.getStreamPosition()).isEqualTo(expected.getStreamPosition());
            }
        }
    }
}
