package dev.gearshift.executors.processes;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ResolvedModule;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that starts a worker: the same Java, class path and module path as here, and the flags that this JVM was
 * given, but for those that two JVMs cannot share (debuggers, agents, files that one of them writes) and those that size
 * this one (heap, collector). The arguments are in a file: they may be long, and what is secret in them does not show
 * in the list of processes.
 */
final class WorkerCommand {
    /** Inherited flags that begin with one of these are left out. */
    private static final List<String> LEFT_OUT = List.of(
            // Debuggers, agents, and ports.
            "-agentlib:",
            "-agentpath:",
            "-javaagent:",
            "-Xdebug",
            "-Xrunjdwp",
            "-Xnoagent",
            "-Dcom.sun.management.",
            "-XX:+StartAttachListener",
            // Files that one JVM writes.
            "-Xlog",
            "-Xloggc",
            "-XX:StartFlightRecording",
            "-XX:FlightRecorder",
            "-XX:ErrorFile",
            "-XX:HeapDumpPath",
            "-XX:LogFile",
            "-XX:+LogVMOutput",
            "-XX:+HeapDumpOnOutOfMemoryError",
            "-XX:OnError",
            "-XX:OnOutOfMemoryError",
            // What ends a JVM where a task should fail.
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+CrashOnOutOfMemoryError",
            // Archives that fit one class path and one size.
            "-Xshare",
            "-XX:SharedArchiveFile",
            "-XX:ArchiveClassesAtExit",
            "-XX:+AutoCreateSharedArchive",
            "-XX:AOT",
            // The size of this JVM.
            "-Xmx",
            "-Xms",
            "-Xmn",
            "-XX:MaxRAM",
            "-XX:InitialRAM",
            "-XX:MinRAM",
            "-XX:MaxHeapSize",
            "-XX:InitialHeapSize",
            "-XX:MinHeapSize",
            "-XX:SoftMaxHeapSize",
            "-XX:NewSize",
            "-XX:MaxNewSize",
            "-XX:ActiveProcessorCount",
            "-XX:+AlwaysPreTouch",
            "-Xgc",
            // Set anew below.
            "-Djava.class.path",
            "-Djdk.module.path",
            "-Djdk.module.main",
            "--module-path",
            Nesting.FLAG);

    private static final int LEAST_PROCESSORS = 2;
    private static final String ERROR_FILE = "-XX:ErrorFile=";
    private static final String SHARE = "-XX:MaxRAMPercentage=";

    private static final String COLLECTORS = "-XX:\\+Use\\w*GC";

    private WorkerCommand() {}

    /** What all workers of a pool are started with. */
    static List<String> arguments(ProcessSettings settings, int parallelism, PoolFolder folder) {
        List<String> arguments = new ArrayList<>();
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(WorkerCommand::isInherited)
                .forEach(arguments::add);
        arguments.addAll(own(settings, parallelism, folder));
        arguments.addAll(settings.jvmFlags());
        arguments.addAll(paths());
        return arguments;
    }

    /** The file from which they are read. */
    static Path write(List<String> arguments, PoolFolder folder) throws IOException {
        Path file = folder.resolve("arguments");
        Files.writeString(
                file,
                arguments.stream().map(WorkerCommand::quoted).collect(Collectors.joining("\n")),
                Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        return file;
    }

    /** Whether it makes no difference to how classes are loaded. */
    static boolean isOfOnePool(String argument) {
        return argument.startsWith(ERROR_FILE)
                || argument.startsWith(SHARE)
                || argument.startsWith("-D")
                || argument.startsWith("-Xlog");
    }

    /** Where the classes of workers are. */
    static List<Path> classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .flatMap(property -> Stream.of(System.getProperty(property, "").split(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    static boolean isInherited(String flag) {
        return LEFT_OUT.stream().noneMatch(flag::startsWith) && !flag.matches(COLLECTORS);
    }

    private static List<String> own(ProcessSettings settings, int parallelism, PoolFolder folder) {
        List<String> flags = new ArrayList<>();
        if (settings.jvmFlags().stream().noneMatch(flag -> flag.matches(COLLECTORS))) {
            flags.add("-XX:+UseSerialGC"); // One thread works here, so one collects.
        }
        flags.addAll(share(Runtime.getRuntime().availableProcessors(), parallelism, settings.spares()));
        // Else no end of the JVM interrupts a loop that counts, and the worker outlives its pool.
        flags.add("-XX:+UseCountedLoopSafepoints");
        flags.add("-XX:LoopStripMiningIter=1000"); // So often such a loop looks up; what other collectors have.
        // Else each maps the archives of classes at an address of its own, and has all of their pages for itself.
        flags.add("-XX:+UnlockDiagnosticVMOptions");
        flags.add("-XX:ArchiveRelocationMode=0");
        flags.add("-XX:-UsePerfData"); // It is a file in the temporary folder.
        flags.add("-XX:-CreateCoredumpOnCrash");
        flags.add(ERROR_FILE + folder.resolve("hs_err_%p.log"));
        flags.add(Nesting.FLAG + "=" + (Nesting.here() + 1));
        return flags;
    }

    /** Which part of a machine with so many processors each worker may have. */
    static List<String> share(int processors, int parallelism, int spares) {
        List<String> flags = new ArrayList<>();
        if (parallelism > 1 && processors > LEAST_PROCESSORS) {
            // Else each has as many threads to compile with, and in common pools, as if it were alone. Spares do not
            // work.
            flags.add("-XX:ActiveProcessorCount=" + Math.max(LEAST_PROCESSORS, processors / parallelism));
        }
        // All of them together may take three quarters of the memory.
        flags.add(SHARE + String.format(Locale.ROOT, "%.4f", 75.0 / ((double) parallelism + spares)));
        return flags;
    }

    /** Where the classes are, and the main class. */
    private static List<String> paths() {
        List<String> arguments = new ArrayList<>();
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            arguments.addAll(List.of("-cp", classPath));
        }
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            arguments.addAll(List.of("-p", modulePath, "--add-modules", modules()));
        }
        Module own = WorkerMain.class.getModule();
        if (own.isNamed()) {
            arguments.addAll(List.of("-m", own.getName() + "/" + WorkerMain.class.getName()));
        } else {
            arguments.add(WorkerMain.class.getName());
        }
        return arguments;
    }

    /** All that were resolved here: what provides a service only, or was added by a flag, too. */
    private static String modules() {
        return ModuleLayer.boot().configuration().modules().stream()
                .filter(module -> !isOfTheJdk(module))
                .map(ResolvedModule::name)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static boolean isOfTheJdk(ResolvedModule module) {
        return module.reference()
                .location()
                .filter(location -> "jrt".equals(location.getScheme()))
                .isPresent();
    }

    /** As a file of arguments has it. */
    private static String quoted(String argument) {
        return '"'
                + argument.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\f", "\\f")
                + '"';
    }
}
