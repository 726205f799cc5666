package dev.gearshift.cli;

import org.jspecify.annotations.Nullable;

/**
 * One strategy on one half of the work. Where it could not run, {@code reason} says why and the rest is null.
 *
 * @param strategy its id
 * @param reason why it could not run, or null
 * @param workers how many tasks it runs at once, no more than there are images
 * @param images how many images it did
 * @param failed how many of them failed or did not match what the server has
 * @param seconds from the first task to the last
 * @param idealSeconds what that many workers need if each image costs one latency and nothing else; null for work that
 *     computes
 * @param timesFaster than {@code sequential} in the same run
 * @param imagesPerSecond images by seconds
 * @param megabytesPerSecond megabytes of images by seconds, 10^6 bytes each
 * @param cpuSeconds processor time of this JVM
 * @param peakThreads the most platform threads of this JVM at once, its own included
 * @param peakHeapMegabytes an upper bound of this JVM's heap in use
 * @param peakInFlight the most requests at once, as the server saw them; null where there is no server to ask
 */
record ComparisonRow(
        String strategy,
        @Nullable String reason,
        @Nullable Integer workers,
        @Nullable Integer images,
        @Nullable Integer failed,
        @Nullable Double seconds,
        @Nullable Double idealSeconds,
        @Nullable Double timesFaster,
        @Nullable Double imagesPerSecond,
        @Nullable Double megabytesPerSecond,
        @Nullable Double cpuSeconds,
        @Nullable Integer peakThreads,
        @Nullable Double peakHeapMegabytes,
        @Nullable Long peakInFlight) {

    static ComparisonRow unavailable(String strategy, String reason) {
        return new ComparisonRow(
                strategy, reason, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    static ComparisonRow of(
            String strategy,
            int workers,
            int images,
            int failed,
            long bytes,
            @Nullable Double idealSeconds,
            @Nullable Double sequentialSeconds,
            RunMeter.Cost cost,
            @Nullable Long peakInFlight) {
        return new ComparisonRow(
                strategy,
                null,
                workers,
                images,
                failed,
                cost.seconds(),
                idealSeconds,
                sequentialSeconds == null ? null : sequentialSeconds / cost.seconds(),
                images / cost.seconds(),
                bytes / 1e6 / cost.seconds(),
                cost.cpuSeconds(),
                cost.peakThreads(),
                cost.peakHeapMegabytes(),
                peakInFlight);
    }
}
