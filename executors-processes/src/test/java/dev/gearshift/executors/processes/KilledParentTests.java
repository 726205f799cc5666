package dev.gearshift.executors.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that ends, however, leaves no worker behind, and nothing that the next pool would not clear away. */
@Timeout(60)
@Tag("system")
class KilledParentTests {
    @ParameterizedTest
    @ValueSource(strings = {"kill", "halt", "exit"})
    void noWorkerOutlivesItAndTheNextPoolClearsUp(String how) throws Exception {
        run(how);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "native code is called by the JDK's own means")
    void norOneWhoseSocketsAProcessHasThatOutlivesIt(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        try {
            run("sleep 30 </dev/null >/dev/null 2>&1 & echo $! > '" + pid + "'");
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void norOneThatIsBeingInitialized() throws Exception {
        run("kill", "-Dgearshift.processes.initializer=" + KilledParentProgram.Endless.class.getName());
    }

    private static void run(String how, String... flags) throws Exception {
        // A short name: the paths of sockets are limited.
        Path temporary = Files.createTempDirectory("gp");
        try {
            List<String> command =
                    new ArrayList<>(List.of(ChildClasses.java().toString(), "-Djava.io.tmpdir=" + temporary));
            command.addAll(List.of(flags));
            command.addAll(List.of("-cp", ChildClasses.path(), KilledParentProgram.class.getName(), "2", how));
            Process parent = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<ProcessHandle> workers = new ArrayList<>();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
                while (workers.size() < 2) {
                    String line = out.readLine();
                    assertThat(line).isNotNull().contains("worker-").contains("] worker ");
                    workers.add(ProcessHandle.of(Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                            .orElseThrow());
                }
                if (!how.equals("kill")) {
                    parent.getOutputStream().close();
                }
                if (how.contains("sleep")) {
                    assertThat(out.readLine()).isEqualTo("returned 0");
                }
                if (!how.equals("halt") && !how.equals("exit")) {
                    parent.destroyForcibly();
                }
                parent.onExit().get(30, TimeUnit.SECONDS);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(10))
                        .atMost(Duration.ofSeconds(1))
                        .until(() -> workers.stream().noneMatch(KilledParentTests::runs));
            }
            assertThat(listed(temporary)).hasSizeLessThanOrEqualTo(1);
            PoolFolder.createIn(temporary).delete();
            assertThat(listed(temporary)).isEmpty();
        } finally {
            PoolFolder.createIn(temporary).delete();
            Files.delete(temporary);
        }
    }

    /** One that has ended has no command any more, even if nobody has asked for its exit code yet. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static List<Path> listed(Path temporary) throws Exception {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("gearshift"))
                    .toList();
        }
    }
}
