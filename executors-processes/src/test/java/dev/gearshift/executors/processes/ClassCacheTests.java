package dev.gearshift.executors.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Classes that are loaded already: made once, used by the next, and nothing worse than useless if the file is spoilt. */
@Timeout(400)
class ClassCacheTests {
    /** Harmless; workers inherit it, and have another cache than those without it. */
    private static final String FLAG = "-XX:+IgnoreUnrecognizedVMOptions";

    @TempDir
    Path folder;

    /** On the module path too, where records travel only from packages that are open. */
    @Test
    void whatIsRehearsedMayTravelFromTheModule() throws Exception {
        Path classes = Path.of(Rehearsal.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            assertThat(ModuleDescriptor.read(in).opens()).anySatisfy(opens -> {
                assertThat(opens.source()).isEqualTo(Rehearsal.Everything.class.getPackageName());
                assertThat(opens.targets()).contains("dev.gearshift.executors.wire");
            });
        }
    }

    @Test
    void isMadeOnceAndUsedAndASpoiltOneOnlyCostsTime() throws Exception {
        String jars = ChildClasses.jars(folder);
        Path cache = folder.resolve("cache");
        Path initialized = folder.resolve("initialized");
        assertThat(run(jars, cache, true, "-D" + ClassCacheProgram.INITIALIZED + "=" + initialized))
                .isEqualTo("42 ");
        assertThat(initialized).hasContent("worker\n"); // And not the one that makes the cache.
        List<Path> made = files(cache);
        assertThat(made).hasSize(1);
        Path file = made.get(0);
        assertThat(file.getFileName().toString()).matches("workers-[0-9a-f]{24}-[0-9a-f]{8}\\.(jsa|aot)");

        String used = run(jars, cache, false);
        assertThat(used).startsWith("42 -XX:").endsWith("=" + file);
        // It is not the cache's fault if a worker does not live to see its start.
        assertThat(output(jars, FLAG, HastyProgram.class.getName(), cache.toString()))
                .isEmpty();
        assertThat(files(cache)).containsExactly(file);
        assertThat(loadedFrom(jars, file)).contains("dev.gearshift.executors.processes.WorkerMain source: shared");

        // Who else can write there could have workers run anything.
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(run(jars, cache, false)).isEqualTo("42 ");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));

        // Of the same size: what the JVM does not notice at once it must notice later.
        byte[] whole = Files.readAllBytes(file);
        try (RandomAccessFile spoilt = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] header = new byte[4096];
            new Random(7).nextBytes(header);
            spoilt.write(header);
        }
        assertThat(run(jars, cache, false)).isEqualTo("42 ");
        Files.write(file, new byte[whole.length]);
        assertThat(run(jars, cache, false)).isEqualTo("42 ");
        // One that was made for other jars.
        Files.write(file, whole);
        Files.setLastModifiedTime(Path.of(jars.split(File.pathSeparator)[0]), FileTime.fromMillis(1_000_000_000_000L));
        assertThat(run(jars, cache, false)).isEqualTo("42 ");
        // One that was cut off.
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThat(run(jars, cache, false)).isEqualTo("42 ");
    }

    @Test
    void oneThatNoWorkerStartsWithIsDeletedHoweverManyStartAtOnce() throws Exception {
        String jars = ChildClasses.jars(folder);
        Path cache = folder.resolve("cache");
        run(jars, cache, true);
        spoil(files(cache).get(0));
        String output = output(jars, FLAG, ManyStartsProgram.class.getName(), cache.toString());
        assertThat(output).contains("4 ended well, 0 badly");
        // Whether this Java fails to start with it, or sees what it is and does without.
        if (output.endsWith("now without a cache")) {
            assertThat(files(cache)).isEmpty();
        } else {
            assertThat(files(cache)).hasSize(1);
            assertThat(output).endsWith("=" + files(cache).get(0));
        }
    }

    @Test
    void itIsNotHeldAgainstItIfAWorkerDoesNotStartForAnotherReason() throws Exception {
        String jars = ChildClasses.jars(folder);
        String output = output(
                jars,
                FLAG,
                CacheBlameProgram.class.getName(),
                folder.resolve("cache").toString());
        assertThat(output.lines())
                .containsExactly(
                        "late: WorkerStartException, kept",
                        "throws: WorkerStartException, kept",
                        "exits: WorkerStartException, kept",
                        "killed: WorkerStartException, kept",
                        "fails always: WorkerStartException, kept",
                        "fails with the cache: well, deleted");
    }

    @Test
    void aFileIsReadOnceInEachJvmUnlessItHasChanged() throws Exception {
        Path written = Files.write(folder.resolve("written"), new byte[10_000]);
        Path cache = folder.resolve("cache");
        new ClassCache(cache, "workers-key").made(written);
        Path file = files(cache).get(0);
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(file, old);
        assertThat(new ClassCache(cache, "workers-key").flags().get(0)).endsWith("=" + file);
        FileTime used = Files.getLastModifiedTime(file);
        assertThat(used).isGreaterThan(old);

        // Nobody sees that.
        Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, used);
        ClassCache next = new ClassCache(cache, "workers-key");
        assertThat(next.isMissing()).isFalse();
        assertThat(next.flags()).isNotEmpty();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(used);

        Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
        ClassCache last = new ClassCache(cache, "workers-key");
        assertThat(last.flags()).isEmpty();
        assertThat(last.isMissing()).isTrue();
    }

    /** Under the name that it has with its checksum. */
    private static void spoil(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        byte[] garbage = new byte[bytes.length - 8192];
        new Random(7).nextBytes(garbage);
        System.arraycopy(garbage, 0, bytes, 8192, garbage.length);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        Files.delete(file);
        String name = file.getFileName().toString();
        Files.write(
                file.resolveSibling(
                        name.replaceFirst("-[0-9a-f]{8}(?=[.])", String.format("-%08x", checksum.getValue()))),
                bytes);
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private String run(String jars, Path cache, boolean waits, String... flags) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.addAll(List.of(FLAG, ClassCacheProgram.class.getName(), cache.toString(), Boolean.toString(waits)));
        return output(jars, arguments.toArray(String[]::new));
    }

    /** What a JVM with that cache says of where it has its classes from. */
    private String loadedFrom(String jars, Path file) throws Exception {
        String flag = file.toString().endsWith(".aot") ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
        Process process = new ProcessBuilder(
                        ChildClasses.java().toString(),
                        "-XX:+UseSerialGC",
                        flag + file,
                        "-Xlog:class+load",
                        "-cp",
                        jars,
                        WorkerMain.class.getName())
                .redirectErrorStream(true)
                .directory(folder.toFile()) // What it may write when it crashes.
                .start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String output(String jars, String... arguments) throws Exception {
        // Workers have that flag from their parent: else to tell of a crash can take them half a minute on a busy
        // machine.
        String flag = "-XX:+SuppressFatalErrorMessage";
        List<String> command = new ArrayList<>(List.of(ChildClasses.java().toString(), flag, "-cp", jars));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.strip().isEmpty() ? output : output.replaceAll("\n$", "");
    }
}
