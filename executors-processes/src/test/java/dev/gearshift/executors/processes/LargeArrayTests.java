package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.NO_LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.testkit.Echo;
import dev.gearshift.executors.wire.Parcel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large arrays travel beside what they belong to. */
@Timeout(60)
class LargeArrayTests {
    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {Parcel.LARGE - 1, Parcel.LARGE, Parcel.LARGE + 1, 1 << 20, (2 << 20) + 1, 17 << 20, 63 << 20})
    void comeBackUnchanged(int length) throws Exception {
        byte[] bytes = random(length);
        try (TaskExecutor executor = Pools.open(NO_LIMITS, 1)) {
            byte[] back = executor.submit(new Same(bytes)).get(40, TimeUnit.SECONDS);
            assertThat(Arrays.mismatch(back, bytes)).isEqualTo(-1);
            assertThat(executor.submit(new Echo(1)).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void severalAmongOthers() throws Exception {
        List<byte[]> all = List.of(random(1 << 20), random(3), random(70_000), random(0), random(2 << 20));
        long[] numbers = new Random(1).longs(200_000).toArray();
        try (TaskExecutor executor = Pools.open(NO_LIMITS, 2)) {
            List<TaskFuture<Mixed>> futures = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                futures.add(executor.submit(new Mixed("number " + i, all, numbers), withStart(i)));
            }
            for (int i = 0; i < 8; i++) {
                Mixed back = futures.get(i).get(40, TimeUnit.SECONDS);
                assertThat(back.name()).isEqualTo("number " + i);
                assertThat(Arrays.deepEquals(back.arrays().toArray(), all.toArray()))
                        .isTrue();
                assertThat(Arrays.equals(back.numbers(), numbers)).isTrue();
            }
        }
    }

    /** With a timeout, STARTED and PROGRESS are said too. */
    private static TaskOptions withStart(int i) {
        return i % 2 == 0 ? TaskOptions.defaults() : TaskOptions.defaults().withTimeout(Duration.ofSeconds(50));
    }

    @Test
    void whatChangesAfterSubmitDoesNotTravel() throws Exception {
        try (TaskExecutor executor = Pools.open(NO_LIMITS, 1)) {
            byte[] bytes = random(1 << 20);
            TaskFuture<byte[]> same = executor.submit(new Same(bytes)); // There is no worker yet.
            Arrays.fill(bytes, (byte) 7);
            assertThat(Arrays.mismatch(same.get(30, TimeUnit.SECONDS), random(1 << 20)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void aCrashCostsOneTaskOnly() throws Exception {
        try (TaskExecutor executor = Pools.open(NO_LIMITS, 2)) {
            List<TaskFuture<byte[]>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(executor.submit(i % 2 == 0 ? new Dying(random(8 << 20)) : new Same(random(8 << 20))));
            }
            for (int i = 0; i < 6; i++) {
                if (i % 2 == 0) {
                    assertThat(EvilWorkerTests.failureOf(all.get(i))).isInstanceOf(WorkerLostException.class);
                } else {
                    assertThat(all.get(i).get(40, TimeUnit.SECONDS)).hasSize(8 << 20);
                }
            }
        }
    }

    /** Gives its bytes back. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Same(byte[] bytes) implements Task<byte[]> {
        @Override
        public byte[] call() {
            return bytes;
        }
    }

    /** Gives itself back, and says how far it is. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Mixed(String name, List<byte[]> arrays, long[] numbers) implements Task<Mixed> {
        @Override
        public Mixed call() {
            TaskContext.current().progress(1, 2);
            return this;
        }
    }

    /** Crashes with its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Dying(byte[] bytes) implements Task<byte[]> {
        @Override
        public byte[] call() {
            Runtime.getRuntime().halt(9);
            return bytes;
        }
    }
}
