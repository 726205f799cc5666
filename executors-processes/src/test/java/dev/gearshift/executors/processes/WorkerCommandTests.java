package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.QUIET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of this JVM's flags a worker gets. */
@Timeout(60)
class WorkerCommandTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dcolour=blue",
                "-ea:com.example...",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-preview",
                "-Xss4m",
                "-Dgearshift.checkPortable=true",
                "-Djava.io.tmpdir=/var/tmp",
                "--patch-module=a=b"
            })
    void whatAnyJvmMayHaveIsInherited(String flag) {
        assertThat(WorkerCommand.isInherited(flag)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                "-javaagent:/jacoco.jar=destfile=/x",
                "-agentpath:/x.so",
                "-Xdebug",
                "-Xrunjdwp:transport=dt_socket",
                "-Dcom.sun.management.jmxremote.port=9999",
                "-Xlog:gc:file=gc.log",
                "-XX:StartFlightRecording=filename=x.jfr",
                "-XX:ErrorFile=/x",
                "-Xmx1g",
                "-Xms1g",
                "-XX:MaxRAMPercentage=50",
                "-XX:+UseG1GC",
                "-XX:+UseZGC",
                "-XX:SharedArchiveFile=/x",
                "-XX:AOTCache=/x",
                "-Dgearshift.processes.depth=1"
            })
    void whatTwoJvmsCannotShareIsNot(String flag) {
        assertThat(WorkerCommand.isInherited(flag)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1,  1, 0, '',  75.0000",
        "2,  2, 0, '',  37.5000",
        "8,  1, 0, '',  75.0000",
        "8,  1, 3, '',  18.7500",
        "8,  2, 0,  4,  37.5000",
        "8,  2, 1,  4,  25.0000",
        "3,  2, 0,  2,  37.5000",
        "8, 64, 0,  2,   1.1719",
        "8, 99, 1,  2,   0.7500",
        "8,  2, 2147483647, 4, 0.0000",
    })
    void eachHasItsPartOfTheMachine(int processors, int parallelism, int spares, String part, String memory) {
        List<String> expected = new ArrayList<>();
        if (!part.isEmpty()) {
            expected.add("-XX:ActiveProcessorCount=" + part);
        }
        expected.add("-XX:MaxRAMPercentage=" + memory);
        assertThat(WorkerCommand.share(processors, parallelism, spares)).isEqualTo(expected);
    }

    @Test
    void aPartOfTheMemoryThatIsATraceIsWhatAnyJvmHas() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withJvmFlags("-XX:MaxRAMPercentage=0.0000"), 1)) {
            assertThat(executor.submit(new MaxHeap()).get(30, TimeUnit.SECONDS)).isGreaterThan(100L << 20);
        }
    }

    @Test
    void theCollectorIsAnotherIfThatIsAsked() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withJvmFlags("-XX:+UseParallelGC"), 1)) {
            assertThat(executor.submit(new Collectors()).get(30, TimeUnit.SECONDS))
                    .contains("PS ");
        }
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            assertThat(executor.submit(new Collectors()).get(30, TimeUnit.SECONDS))
                    .contains("Copy");
        }
    }

    /** Who collects garbage there. */
    record Collectors() implements Task<String> {
        @Override
        public String call() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .map(MemoryManagerMXBean::getName)
                    .toList()
                    .toString();
        }
    }

    /** How large the heap there may grow. */
    record MaxHeap() implements Task<Long> {
        @Override
        public Long call() {
            return Runtime.getRuntime().maxMemory();
        }
    }

    @Test
    void workersShareThePagesOfTheirArchivesUnlessToldOtherwise(@TempDir Path temporary) {
        PoolFolder folder = PoolFolder.createIn(temporary);
        try {
            String other = "-XX:ArchiveRelocationMode=1";
            List<String> all = WorkerCommand.arguments(QUIET.withJvmFlags(other), 1, folder);
            assertThat(all).containsSubsequence("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", other);
        } finally {
            folder.delete();
        }
    }

    @Test
    void aPoolInATaskInAPoolInATaskHasAnEnd() {
        assertThat(Nesting.here()).isZero();
        System.setProperty("gearshift.processes.depth", "3");
        try {
            assertThatThrownBy(Nesting::check)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("use another strategy inside tasks");
        } finally {
            System.clearProperty("gearshift.processes.depth");
        }
    }
}
