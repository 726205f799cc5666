package dev.gearshift.benchmarks.queue;

import static dev.gearshift.benchmarks.queue.Group.BACKLOG;
import static dev.gearshift.benchmarks.queue.Group.COST;
import static dev.gearshift.benchmarks.queue.Group.ROUNDTRIP;

import dev.gearshift.benchmarks.comparison.Quantity;

/** What is measured. The names stand in the output of the Python script, too. */
enum Figure implements Quantity {
    RATE_BY_1(ROUNDTRIP, "round trips, one worker", "a second"),
    P50_BY_1(ROUNDTRIP, "p50, one worker", "ms"),
    P99_BY_1(ROUNDTRIP, "p99, one worker", "ms"),
    RATE_BY_2(ROUNDTRIP, "round trips, two workers", "a second"),
    P50_BY_2(ROUNDTRIP, "p50, two workers", "ms"),
    P99_BY_2(ROUNDTRIP, "p99, two workers", "ms"),
    SUBMIT(BACKLOG, "put in, one after another", "tasks/s"),
    DRAIN(BACKLOG, "drained, since the first worker was ready", "tasks/s"),
    DRAIN_SINCE_LAUNCH(BACKLOG, "drained, since the workers were launched", "tasks/s"),
    DRAIN_SECOND_HALF(BACKLOG, "the second half of it", "tasks/s"),
    DRAIN_WARM(BACKLOG, "drained by workers that have drained one before", "tasks/s"),
    MEMORY_OF_WAITING(COST, "memory of one that waits", "bytes"),
    MEMORY_OF_DELAYED(COST, "memory of one that is delayed", "bytes"),
    MEMORY_OF_RESULTS(COST, "memory of a result", "bytes"),
    CPU_OF_BACKLOG(COST, "processor time, of many at once", "µs"),
    READ_OF_BACKLOG(COST, "bytes read, of many at once", "bytes"),
    WRITTEN_OF_BACKLOG(COST, "bytes written, of many at once", "bytes"),
    CPU_OF_TRIP(COST, "processor time, one after the other", "µs"),
    READ_OF_TRIP(COST, "bytes read, one after the other", "bytes"),
    WRITTEN_OF_TRIP(COST, "bytes written, one after the other", "bytes");

    private final Group group;
    private final String label;
    private final String unit;

    Figure(Group group, String label, String unit) {
        this.group = group;
        this.label = label;
        this.unit = unit;
    }

    Group group() {
        return group;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String unit() {
        return unit;
    }
}
