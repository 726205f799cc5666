package dev.gearshift.executors.processes;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * Whether a worker's heap has more in use than its pool allows, as the latest garbage collection of each part of it saw
 * it: of what is old, that is the latest full one.
 */
final class HeapLimit {
    private final long bytes;
    private final List<MemoryPoolMXBean> pools;

    /** 0 for no limit; then nothing that measures is loaded. */
    HeapLimit(long bytes) {
        this.bytes = bytes;
        this.pools = bytes == 0
                ? List.of()
                : ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .toList();
    }

    boolean isExceeded() {
        long used = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage afterCollection = pool.getCollectionUsage();
            used += afterCollection == null ? 0 : afterCollection.getUsed();
        }
        return bytes > 0 && used > bytes;
    }
}
