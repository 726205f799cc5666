package dev.gearshift.cli;

import com.google.common.hash.Hashing;
import dev.gearshift.images.FileNames;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A folder of downloads that knows which file came from which address, so that a file of the same name from elsewhere is
 * not taken for it. It remembers that in {@value #MEMORY}, one line for each file: a hash of the address, as addresses
 * may hold secrets, and the name.
 */
final class DownloadFolder {
    static final String MEMORY = ".gearshift-downloads";

    private final Path folder;
    private final Map<String, String> remembered;
    private final FileNames names;
    private boolean knowsMore;

    private DownloadFolder(Path folder, Map<String, String> remembered) {
        this.folder = folder;
        this.remembered = remembered;
        this.names = new FileNames(remembered.values());
    }

    static DownloadFolder open(Path folder) throws IOException {
        Map<String, String> remembered = new LinkedHashMap<>();
        Path memory = folder.resolve(MEMORY);
        if (Files.isRegularFile(memory)) {
            for (String line : Files.readAllLines(memory)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    remembered.put(line.substring(0, space), line.substring(space + 1));
                }
            }
        }
        return new DownloadFolder(folder, remembered);
    }

    /** The file that this address has here, the same one each time. */
    Path fileOf(URI address) {
        String key = Hashing.sha256()
                .hashString(address.toString(), StandardCharsets.UTF_8)
                .toString();
        String name = remembered.get(key);
        if (name == null) {
            name = names.of(address);
            remembered.put(key, name);
            knowsMore = true;
        }
        return folder.resolve(name);
    }

    /** Remembers the files that {@link #fileOf} named. */
    void remember() throws IOException {
        if (!knowsMore) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        remembered.forEach(
                (key, name) -> lines.append(key).append(' ').append(name).append('\n'));
        Path written = Files.createTempFile(folder, MEMORY, ".part");
        try {
            Files.writeString(written, lines);
            moveIntoPlace(written, folder.resolve(MEMORY));
        } finally {
            Files.deleteIfExists(written);
        }
        knowsMore = false;
    }

    private static void moveIntoPlace(Path written, Path memory) throws IOException {
        try {
            Files.move(written, memory, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unusualFileSystem) {
            Files.move(written, memory, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
