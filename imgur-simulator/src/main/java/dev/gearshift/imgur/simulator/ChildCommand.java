package dev.gearshift.imgur.simulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM like this one, with the same class path or module path, that runs {@link SimulatorMain}. */
final class ChildCommand {

    private static final long ROOM_FOR_BUFFERS = 128L << 20;

    private ChildCommand() {}

    static List<String> java(SimulatorSettings settings) {
        long images = settings.folder() == null ? (long) settings.images() * settings.imageBytes() : 0;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Uploads are kept on the heap, and large ones are copied while they are read.
        command.add("-Xmx512m");
        command.add("-XX:MaxDirectMemorySize=" + (images + ROOM_FOR_BUFFERS));
        // A short life, and little of it in hot loops: what the second compiler takes it would not give back.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:-UsePerfData");
        command.add("-Djava.awt.headless=true");
        command.add("-Dio.netty.noUnsafe=true");
        Module module = SimulatorMain.class.getModule();
        if (module.isNamed()) {
            command.add("--module-path");
            command.add(System.getProperty("jdk.module.path"));
            command.add("--module");
            command.add(module.getName() + "/" + SimulatorMain.class.getName());
        } else {
            command.add("-cp");
            command.add(System.getProperty("java.class.path"));
            command.add(SimulatorMain.class.getName());
        }
        return command;
    }
}
