package dev.gearshift.executors.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Settings from properties, and their ranges. */
@Timeout(60)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ProcessSettingsTests {
    @Test
    void defaults() {
        ProcessSettings settings = ProcessSettings.defaults();
        assertThat(settings.startTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.killGrace()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.exitGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.output()).isEqualTo(ProcessSettings.Output.FORWARD);
        assertThat(settings.crashLimit()).isEqualTo(100);
        assertThat(settings.quarantineAfter()).isEqualTo(3);
        assertThat(settings.jvmFlags()).isEmpty();
        assertThat(settings.initializer()).isEmpty();
        assertThat(settings.prefetch()).isEqualTo(127);
        assertThat(settings.spares()).isZero();
        assertThat(settings.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.maxTasks()).isZero();
        assertThat(settings.maxAge()).isZero();
        assertThat(settings.maxMemory()).isZero();
        assertThat(settings.maxHeap()).isZero();
        assertThat(settings.memoryBudget()).isZero();
    }

    @Test
    void propertiesSetThem() {
        ProcessSettings settings = with(
                Map.of(
                        "java", "/some/java",
                        "jvmFlags", "-Xss1m  -ea",
                        "startTimeout", "1.5s",
                        "killGrace", "10 ms",
                        "exitGrace", "2m",
                        "output", "Discard",
                        "crashLimit", "0",
                        "quarantineAfter", "7"),
                ProcessSettings::defaults);
        assertThat(settings.java()).isEqualTo(Path.of("/some/java"));
        assertThat(settings.jvmFlags()).containsExactly("-Xss1m", "-ea");
        assertThat(settings.startTimeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(settings.killGrace()).isEqualTo(Duration.ofMillis(10));
        assertThat(settings.exitGrace()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.output()).isEqualTo(ProcessSettings.Output.DISCARD);
        assertThat(settings.crashLimit()).isZero();
        assertThat(settings.quarantineAfter()).isEqualTo(7);
    }

    @Test
    void propertiesSetHowManyThereAreAndForHowLong() {
        ProcessSettings settings = with(
                Map.of(
                        "initializer", "com.example.First",
                        "prefetch", "255",
                        "spares", "3",
                        "idleTimeout", "2s",
                        "maxTasks", "11",
                        "maxAge", "1m",
                        "maxMemory", "100m",
                        "maxHeap", "64k",
                        "memoryBudget", "2g"),
                ProcessSettings::defaults);
        assertThat(settings.initializer()).isEqualTo("com.example.First");
        assertThat(settings.prefetch()).isEqualTo(255);
        assertThat(settings.spares()).isEqualTo(3);
        assertThat(settings.idleTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.maxTasks()).isEqualTo(11);
        assertThat(settings.maxAge()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.maxMemory()).isEqualTo(100L << 20);
        assertThat(settings.maxHeap()).isEqualTo(64L << 10);
        assertThat(settings.memoryBudget()).isEqualTo(2L << 30);
    }

    @Test
    void aPropertyThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> with(Map.of("killGrace", "soon"), ProcessSettings::defaults))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "-Dgearshift.processes.killGrace must be a duration such as 250ms or 1.5s, but is \"soon\".");
        assertThatThrownBy(() -> with(Map.of("output", "away"), ProcessSettings::defaults))
                .hasMessage("-Dgearshift.processes.output must be forward or discard, but is \"away\".");
        assertThatThrownBy(() -> with(Map.of("crashLimit", "-1"), ProcessSettings::defaults))
                .hasMessage("-Dgearshift.processes.crashLimit must be a whole number, 0 or more, but is \"-1\".");
    }

    @Test
    void rangesAreChecked() {
        ProcessSettings settings = ProcessSettings.defaults();
        assertThatThrownBy(() -> settings.withStartTimeout(Duration.ZERO))
                .hasMessageContaining("startTimeout must be positive");
        assertThatThrownBy(() -> settings.withKillGrace(Duration.ofMillis(-1)))
                .hasMessageContaining("killGrace must not be negative");
        assertThatThrownBy(() -> settings.withQuarantineAfter(-1)).isInstanceOf(IllegalArgumentException.class);
        // Each that waits in a worker has a place in a page, of which there are so many.
        assertThatThrownBy(() -> settings.withPrefetch(256)).hasMessageContaining("prefetch");
        assertThatThrownBy(() -> settings.withPrefetch(-1)).hasMessageContaining("prefetch");
        assertThatThrownBy(() -> settings.withMemoryBudget(-1)).hasMessageContaining("memoryBudget");
        assertThatThrownBy(() -> with(Map.of("prefetch", "256"), ProcessSettings::defaults))
                .hasMessageStartingWith("-Dgearshift.processes.prefetch must be ");
    }

    private static <T> T with(Map<String, String> properties, Supplier<T> supplier) {
        properties.forEach((name, value) -> System.setProperty("gearshift.processes." + name, value));
        try {
            return supplier.get();
        } finally {
            properties.keySet().forEach(name -> System.clearProperty("gearshift.processes." + name));
        }
    }
}
