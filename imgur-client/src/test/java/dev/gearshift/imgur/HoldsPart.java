package dev.gearshift.imgur;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that is in the middle of a download, until it is killed. */
final class HoldsPart {
    private HoldsPart() {}

    /** Returns when it has begun. */
    static Process start(Path part) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsPart.class.getName(),
                        part.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() != '!') {
            throw new AssertionError("The other process did not begin.");
        }
        return process;
    }

    public static void main(String[] args) throws Exception {
        try (FileChannel part =
                        FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileLock lock = part.lock()) {
            part.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            System.out.print(lock.isValid() ? '!' : '?');
            System.out.flush();
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
