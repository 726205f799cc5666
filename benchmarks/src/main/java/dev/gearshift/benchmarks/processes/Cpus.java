package dev.gearshift.benchmarks.processes;

/** Where the processes of a measurement may run. */
enum Cpus {
    ALL("all CPUs"),
    /** Repeatable: between two CPUs, what counts most is how deep the other one sleeps. */
    ONE("one CPU");

    private final String label;

    Cpus(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
