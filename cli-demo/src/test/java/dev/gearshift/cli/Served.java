package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import dev.gearshift.imgur.simulator.ServedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what lies in a folder with what a server has. */
final class Served {
    private Served() {}

    static String fileName(ServedImage image) {
        String path = image.link().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** All of them, by name and SHA-256, and nothing else but the memory of where they came from. */
    static void assertHolds(Path folder, Collection<ServedImage> expected) throws IOException {
        assertThat(hashes(folder)).isEqualTo(byName(expected));
    }

    /** Some of them, each of them whole; {@code .part} files aside. */
    static int assertEachWhole(Path folder, Collection<ServedImage> served) throws IOException {
        Map<String, String> here = hashes(folder);
        here.keySet().removeIf(name -> name.endsWith(".part"));
        assertThat(byName(served)).containsAllEntriesOf(here);
        return here.size();
    }

    static List<String> names(Path folder) throws IOException {
        return List.copyOf(hashes(folder).keySet());
    }

    private static Map<String, String> byName(Collection<ServedImage> images) {
        return images.stream()
                .collect(Collectors.toMap(Served::fileName, ServedImage::sha256, (one, same) -> one, TreeMap::new));
    }

    private static Map<String, String> hashes(Path folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        if (!Files.exists(folder)) {
            return hashes;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(DownloadFolder.MEMORY))
                    .toList()) {
                hashes.put(
                        file.getFileName().toString(),
                        MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString());
            }
        }
        return hashes;
    }
}
