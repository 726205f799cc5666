package dev.gearshift.executors.processes;

/** How deep this JVM is below the one that nobody's pool has started: a task that opens a pool whose tasks open a pool... */
final class Nesting {
    static final String FLAG = "-Dgearshift.processes.depth";

    private static final String PROPERTY = "gearshift.processes.depth";
    private static final int DEEPEST = 3;

    private Nesting() {}

    static int here() {
        return Integer.getInteger(PROPERTY, 0);
    }

    /**
     * Stops what would otherwise fill the machine with processes.
     *
     * @throws IllegalStateException if this JVM is too deep to open a pool
     */
    static void check() {
        if (here() >= DEEPEST) {
            throw new IllegalStateException("A task in a process opened a pool of processes, and so " + DEEPEST
                    + " times over: use another strategy inside tasks, such as threads.");
        }
    }
}
