package dev.gearshift.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** Measures what a run costs this JVM: time, processor, platform threads, heap. One at a time. */
final class RunMeter {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private final long started;
    private final long cpuBefore;

    private RunMeter() {
        System.gc();
        HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
        THREADS.resetPeakThreadCount();
        cpuBefore = SYSTEM.getProcessCpuTime();
        started = System.nanoTime();
    }

    static RunMeter start() {
        return new RunMeter();
    }

    /**
     * What a run cost.
     *
     * @param seconds from start to stop
     * @param cpuSeconds user and system time of all threads of this JVM
     * @param peakThreads the most platform threads alive at once, the JVM's own included
     * @param peakHeapMegabytes the sum of each heap pool's peak, an upper bound of the heap's
     */
    record Cost(double seconds, double cpuSeconds, int peakThreads, double peakHeapMegabytes) {}

    Cost stop() {
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e9;
        long heap =
                HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return new Cost(seconds, cpuSeconds, THREADS.getPeakThreadCount(), heap / 1e6);
    }
}
