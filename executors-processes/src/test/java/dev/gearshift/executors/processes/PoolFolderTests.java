package dev.gearshift.executors.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.testkit.Echo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("system")
class PoolFolderTests {
    @Test
    void aFolderThatIsInUseStays(@TempDir Path temporary) {
        PoolFolder used = PoolFolder.createIn(temporary);
        try {
            PoolFolder.createIn(temporary).delete();
            assertThat(used.resolve("lock")).exists();
        } finally {
            used.delete();
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aPoolInAWorkerLeavesAloneWhatItsOwnPoolHas() throws Exception {
        try (TaskExecutor executor = Pools.open(Pools.QUIET, 1)) {
            for (int i = 0; i < 3; i++) {
                assertThat(executor.submit(new PoolInside()).get(30, TimeUnit.SECONDS))
                        .isEqualTo(7);
            }
        }
    }

    /** Asks a pool of its own. */
    record PoolInside() implements Task<Integer> {
        @Override
        public Integer call() throws Exception {
            try (TaskExecutor executor = Pools.open(Pools.QUIET, 1)) {
                return executor.submit(new Echo(7)).get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void jvmsThatOpenAndClosePoolsAtOnceDoNotSweepEachOther(@TempDir Path temporary) throws Exception {
        List<Process> programs = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                programs.add(new ProcessBuilder(
                                ChildClasses.java().toString(),
                                "-cp",
                                ChildClasses.path(),
                                PoolFolderProgram.class.getName(),
                                "500",
                                temporary.toString())
                        .redirectErrorStream(true)
                        .start());
            }
            for (Process program : programs) {
                assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEmpty();
                assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            programs.forEach(Process::destroyForcibly);
        }
        assertThat(temporary).isEmptyDirectory();
    }
}
