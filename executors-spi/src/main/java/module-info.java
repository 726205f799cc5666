/**
 * The contract of Gearshift: a unit of work is a {@link dev.gearshift.executors.Task}, and how it runs is decided by
 * the {@link dev.gearshift.executors.ConcurrencyStrategy} that is on the class path.
 *
 * <p>Callers use {@code dev.gearshift.executors}. Authors of strategies that stay in this JVM build on {@code
 * dev.gearshift.executors.local}. The module depends on nothing but the JDK.
 *
 * @uses dev.gearshift.executors.ConcurrencyStrategy the strategies that are installed
 * @uses dev.gearshift.executors.PortabilityCheck what {@code gearshift.checkPortable} asks
 * @provides dev.gearshift.executors.ConcurrencyStrategy the {@code sequential} strategy
 */
module dev.gearshift.executors.spi {
    requires static jdk.jfr;
    requires static org.jspecify;

    exports dev.gearshift.executors;
    exports dev.gearshift.executors.local;

    uses dev.gearshift.executors.ConcurrencyStrategy;
    uses dev.gearshift.executors.PortabilityCheck;

    provides dev.gearshift.executors.ConcurrencyStrategy with
            dev.gearshift.executors.local.SequentialStrategy;
}
