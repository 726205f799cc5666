/**
 * The strategy {@code threads}: platform threads in this JVM.
 *
 * @provides dev.gearshift.executors.ConcurrencyStrategy the strategy
 */
module dev.gearshift.executors.threads {
    requires transitive dev.gearshift.executors.spi;
    requires static org.jspecify;

    exports dev.gearshift.executors.threads;

    provides dev.gearshift.executors.ConcurrencyStrategy with
            dev.gearshift.executors.threads.ThreadsStrategy;
}
