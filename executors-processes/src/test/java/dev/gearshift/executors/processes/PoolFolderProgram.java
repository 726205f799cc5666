package dev.gearshift.executors.processes;

import java.nio.file.Path;

/** Opens pools' folders and deletes them again, one after the other. */
final class PoolFolderProgram {
    private PoolFolderProgram() {}

    /** How many, where. */
    public static void main(String[] arguments) {
        Path temporary = Path.of(arguments[1]);
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            PoolFolder.createIn(temporary).delete();
        }
    }
}
