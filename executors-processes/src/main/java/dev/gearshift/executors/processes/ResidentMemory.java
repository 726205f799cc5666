package dev.gearshift.executors.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process occupies, as Linux tells. */
final class ResidentMemory {
    private static final String LINE = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes; -1 elsewhere, or if the process is gone. */
    static long of(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith(LINE)) {
                    return Long.parseLong(line.substring(LINE.length())
                                    .replace("kB", "")
                                    .strip())
                            * 1024;
                }
            }
            return -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
