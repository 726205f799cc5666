/**
 * The strategy {@code async}: many tasks in flight on few threads of this JVM.
 *
 * @provides dev.gearshift.executors.ConcurrencyStrategy the strategy
 */
module dev.gearshift.executors.async {
    requires transitive dev.gearshift.executors.spi;
    requires static org.jspecify;

    exports dev.gearshift.executors.async;

    provides dev.gearshift.executors.ConcurrencyStrategy with
            dev.gearshift.executors.async.AsyncStrategy;
}
