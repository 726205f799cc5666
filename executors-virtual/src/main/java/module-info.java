/**
 * The strategy {@code virtual}: virtual threads in this JVM.
 *
 * @provides dev.gearshift.executors.ConcurrencyStrategy the strategy
 */
module dev.gearshift.executors.virtual {
    requires transitive dev.gearshift.executors.spi;
    requires static org.jspecify;

    exports dev.gearshift.executors.virtual;

    provides dev.gearshift.executors.ConcurrencyStrategy with
            dev.gearshift.executors.virtual.VirtualStrategy;
}
