package dev.gearshift.benchmarks.processes;

import static dev.gearshift.benchmarks.processes.Group.DEATH;
import static dev.gearshift.benchmarks.processes.Group.ECHO;
import static dev.gearshift.benchmarks.processes.Group.MEMORY;
import static dev.gearshift.benchmarks.processes.Group.ROUNDTRIP;
import static dev.gearshift.benchmarks.processes.Group.START;
import static dev.gearshift.benchmarks.processes.Group.THROUGHPUT;

import dev.gearshift.benchmarks.comparison.Quantity;

/** What is measured. The names stand in the output of the Python script, too. */
enum Figure implements Quantity {
    P50(ROUNDTRIP, "p50", "µs"),
    P99(ROUNDTRIP, "p99", "µs"),
    SUBMIT(THROUGHPUT, "all by `submit`, then all results", "tasks/s"),
    MAP(THROUGHPUT, "`map`", "tasks/s"),
    AS_THEY_FINISH(THROUGHPUT, "`outcomes`", "tasks/s"),
    ECHO_1_MIB(ECHO, "1 MiB, one in flight", "MB/s"),
    ECHO_1_MIB_BY_FOUR(ECHO, "1 MiB, four in flight", "MB/s"),
    ECHO_16_MIB(ECHO, "16 MiB, one in flight", "MB/s"),
    ECHO_16_MIB_BY_FOUR(ECHO, "16 MiB, four in flight", "MB/s"),
    FIRST_RESULT(START, "first result, two workers", "ms"),
    SERVED_BY_1(START, "1 worker has served", "ms"),
    SERVED_BY_2(START, "2 workers have served", "ms"),
    SERVED_BY_8(START, "8 workers have served", "ms"),
    RSS_OF_2(MEMORY, "RSS, each of 2", "MB"),
    PSS_OF_2(MEMORY, "PSS, each of 2", "MB"),
    RSS_OF_8(MEMORY, "RSS, each of 8", "MB"),
    PSS_OF_8(MEMORY, "PSS, each of 8", "MB"),
    KILLED_TO_FAILURE(DEATH, "`kill -9` of a busy worker, to its future's failure", "ms"),
    TIMEOUT_TO_FAILURE(DEATH, "a timeout of 200 ms, from then to the future's failure", "ms"),
    TIMEOUT_TO_DEATH(DEATH, "the same, to the death of the spinning process", "ms"),
    CANCEL_TO_DEATH(DEATH, "`cancel(true)`, to the death of the spinning process", "ms");

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
