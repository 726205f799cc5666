/**
 * The strategy {@code processes}: a pool of child JVMs.
 *
 * @provides dev.gearshift.executors.ConcurrencyStrategy the strategy
 */
module dev.gearshift.executors.processes {
    requires transitive dev.gearshift.executors.spi;
    requires dev.gearshift.executors.wire;
    requires java.management;
    requires jdk.unsupported;
    requires static org.jspecify;

    exports dev.gearshift.executors.processes;

    // For the tasks of a rehearsal.
    opens dev.gearshift.executors.processes to
            dev.gearshift.executors.wire;

    provides dev.gearshift.executors.ConcurrencyStrategy with
            dev.gearshift.executors.processes.ProcessesStrategy;
}
