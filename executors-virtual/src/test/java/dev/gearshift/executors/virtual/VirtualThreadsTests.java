package dev.gearshift.executors.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.util.ClearSystemProperty;

@Timeout(60)
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21")
@ClearSystemProperty(key = "gearshift.parallelism")
class VirtualThreadsTests {
    private final VirtualStrategy virtual = new VirtualStrategy();

    @Test
    void eachTaskRunsOnAVirtualThreadOfItsOwn() {
        assertThat(virtual.unavailableBecause()).isEmpty();
        try (TaskExecutor executor = virtual.open(StrategySettings.defaults())) {
            List<Thread> threads = Stream.generate(() -> executor.submit(Thread::currentThread))
                    .limit(3)
                    .map(TaskFuture::join)
                    .toList();

            assertThat(threads).doesNotHaveDuplicates().allSatisfy(thread -> {
                assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
                assertThat(thread.getName()).startsWith("gearshift-virtual-");
            });
        }
    }

    @Test
    void aThousandTasksRunAtOnceByDefault() throws Exception {
        try (TaskExecutor executor = virtual.open(StrategySettings.defaults())) {
            assertPeak(executor, 1_000);
        }
    }

    @Test
    void asManyTasksRunAtOnceAsItIsTold() throws Exception {
        try (TaskExecutor executor = virtual.open(StrategySettings.defaults().withParallelism(3))) {
            assertPeak(executor, 3);
        }
    }

    @Test
    void aTaskInheritsNothingOfTheOneWhoseThreadStartsIt() {
        InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
        CountDownLatch bothSubmitted = new CountDownLatch(1);
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        ClassLoader openers = new URLClassLoader(new URL[0], own);
        Thread.currentThread().setContextClassLoader(openers);
        try (TaskExecutor executor = virtual.open(StrategySettings.defaults().withParallelism(1))) {
            Thread.currentThread().setContextClassLoader(own);
            TaskFuture<String> first = executor.submit(() -> {
                tenant.set("first");
                Thread.currentThread().setContextClassLoader(null);
                bothSubmitted.await();
                return tenant.get();
            });
            TaskFuture<String> second = executor.submit(() -> String.valueOf(tenant.get()));
            TaskFuture<ClassLoader> classes =
                    executor.submit(() -> Thread.currentThread().getContextClassLoader());
            bothSubmitted.countDown();

            assertThat(first.join()).isEqualTo("first");
            assertThat(second.join()).isEqualTo("null");
            assertThat(classes.join()).isSameAs(openers);
        } finally {
            Thread.currentThread().setContextClassLoader(own);
        }
    }

    /** The first that may run meet; however many follow, there are never more at once. */
    private static void assertPeak(TaskExecutor executor, int limit) throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger peak = new AtomicInteger();
        CountDownLatch met = new CountDownLatch(limit);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<TaskFuture<Integer>> tasks = Stream.generate(() -> executor.submit(() -> {
                    peak.accumulateAndGet(running.incrementAndGet(), Math::max);
                    met.countDown();
                    mayEnd.await();
                    return running.decrementAndGet();
                }))
                .limit(3L * limit)
                .toList();
        met.await();

        assertThat(executor.snapshot().parallelism()).isEqualTo(limit);
        assertThat(executor.snapshot().running()).isEqualTo(limit);
        mayEnd.countDown();
        assertThat(tasks).allSatisfy(task -> assertThat(task.join()).isBetween(0, limit));
        assertThat(peak).hasValue(limit);
    }
}
