/** The strategy {@code redis} beside the queues that Python has on Redis. */
@NullMarked
package dev.gearshift.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
