/**
 * A task, its result and its failure as bytes, for strategies that leave this JVM.
 *
 * <p>Records in a named module travel when it says {@code opens com.example to dev.gearshift.executors.wire;}.
 *
 * @provides dev.gearshift.executors.PortabilityCheck what {@code gearshift.checkPortable} asks
 */
module dev.gearshift.executors.wire {
    requires transitive dev.gearshift.executors.spi;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.cbor;
    requires static org.jspecify;

    exports dev.gearshift.executors.wire;

    provides dev.gearshift.executors.PortabilityCheck with
            dev.gearshift.executors.wire.WirePortabilityCheck;
}
