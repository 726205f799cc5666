/**
 * A small HTTP/1.1 server on loopback that answers like Imgur: the API under {@code /3/} and the image host beside it.
 *
 * <p>Start it inside a test with {@link dev.gearshift.imgur.simulator.ImgurSimulator}, in a JVM of its own with
 * {@link dev.gearshift.imgur.simulator.SimulatorProcess}, or from a terminal with
 * {@link dev.gearshift.imgur.simulator.SimulatorMain}.
 */
module dev.gearshift.imgur.simulator {
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires java.desktop;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports dev.gearshift.imgur.simulator;
}
