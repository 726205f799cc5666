package dev.gearshift.executors.processes;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Programs of these tests in JVMs of their own, with the classes that are here. */
final class ChildClasses {
    private ChildClasses() {}

    /** All on one class path, also what is on the module path here. */
    static String path() {
        Set<String> all = new LinkedHashSet<>();
        all.add(folderOf(ChildClasses.class));
        all.add(folderOf(FrameChannel.class));
        Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property, ""))
                .flatMap(paths -> Stream.of(paths.split(File.pathSeparator)))
                .filter(path -> !path.isEmpty())
                .forEach(all::add);
        return String.join(File.pathSeparator, all);
    }

    private static String folderOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** A {@code java} that runs that program instead, with what it was given behind the arguments. */
    static Path javaThatRuns(Path folder, Class<?> program, String... arguments) throws IOException {
        return script(
                folder,
                "exec '" + java() + "' -cp '" + path() + "' " + program.getName() + " " + String.join(" ", arguments)
                        + " \"$@\"");
    }

    static Path script(Path folder, String line) throws IOException {
        Path script = Files.createTempFile(folder, "java", ".sh");
        Files.writeString(script, "#!/bin/sh\n" + line + "\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable.");
        }
        return script;
    }

    /** The same classes, in jars. */
    static String jars(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : path().split(File.pathSeparator)) {
            Path path = Path.of(entry);
            jars.add(
                    Files.isDirectory(path)
                            ? jar(path, folder.resolve(jars.size() + ".jar")).toString()
                            : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
