package dev.gearshift.executors;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** A folder, or the jar of it, that provides strategies: real class files of package {@code sample}, made by javac. */
final class ProviderFolder {
    private static final String SERVICES = "META-INF/services/" + ConcurrencyStrategy.class.getName();

    private final Path folder;

    private ProviderFolder(Path folder) {
        this.folder = folder;
    }

    static ProviderFolder at(Path folder) throws IOException {
        return new ProviderFolder(Files.createDirectories(folder));
    }

    /** A folder with one strategy, of artifact {@code executors-<id>} in version 1.2.3. */
    static ProviderFolder of(Path folder, String className, String id, String... members) throws IOException {
        return at(folder).with(className, id, members);
    }

    /** One more strategy; the members override what is there by default. */
    ProviderFolder with(String className, String id, String... members) throws IOException {
        String properties = "groupId=dev.sample\nartifactId=executors-%s\nversion=1.2.3\n".formatted(id);
        return file("META-INF/gearshift/executors-" + id + ".properties", properties)
                .javaFile("Sample" + className, """
                        public abstract class Sample%s implements ConcurrencyStrategy {
                            @Override public String id() { return "%s"; }
                            @Override public Artifact artifact() { return Artifact.of(getClass(), "executors-%s"); }
                            @Override public String description() { return "a sample"; }
                            @Override public Set<Capability> capabilities() { return Set.of(); }
                            @Override public TaskExecutor open(StrategySettings settings) { throw new AssertionError(); }
                        }
                        """.formatted(className, id, id))
                .javaFile(className, """
                        public class %s extends Sample%s {
                            %s
                        }
                        """.formatted(className, className, String.join("\n", members)))
                .listed(className);
    }

    /** Names the class in META-INF/services, be it there or not. */
    ProviderFolder listed(String className) throws IOException {
        return file(SERVICES, "sample." + className + "\n");
    }

    ProviderFolder javaFile(String className, String type) throws IOException {
        Path source = Files.createDirectories(folder.resolveSibling("sources")).resolve(className + ".java");
        Files.writeString(source, """
                package sample;
                import dev.gearshift.executors.*;
                import java.util.*;
                """ + type);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        String classPath = folder + File.pathSeparator + folderOf(ConcurrencyStrategy.class);
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(out, out, "-nowarn", "-proc:none", "-d", folder.toString(), "-cp", classPath, source.toString());
        if (status != 0) {
            throw new AssertionError(said);
        }
        return this;
    }

    /** Takes a class file away again. */
    ProviderFolder without(String className) throws IOException {
        Files.delete(classFile(className));
        return this;
    }

    /** Writes another class-file version into a class file. */
    ProviderFolder compiledFor(String className, int majorVersion) throws IOException {
        byte[] bytes = Files.readAllBytes(classFile(className));
        ByteBuffer.wrap(bytes).putShort(6, (short) majorVersion);
        Files.write(classFile(className), bytes);
        return this;
    }

    /** Packs it all into a jar beside the folder; the folder counts no more. */
    ProviderFolder asJar() throws IOException {
        Path jar = folder.resolveSibling(folder.getFileName() + ".jar");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return new ProviderFolder(jar);
    }

    Path path() {
        return folder;
    }

    URL url() throws IOException {
        return folder.toUri().toURL();
    }

    /** As messages write it: {@code file:/tmp/app/threads.jar}. */
    String location() throws IOException {
        return url().toString();
    }

    /** The folder or jar that a class of this class path comes from. */
    static Path folderOf(Class<?> type) {
        try {
            URI location =
                    type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(location);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Path classFile(String className) {
        return folder.resolve("sample").resolve(className + ".class");
    }

    private ProviderFolder file(String name, String more) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            out.print(more);
        }
        return this;
    }
}
