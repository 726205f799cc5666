/**
 * A small HTTP/1.1 server on loopback that answers like Imgur: the API under {@code /3/} and the image host beside it.
 *
 * <p>Start it inside a test with {@link dev.gearshift.imgur.simulator.ImgurSimulator}, in a JVM of its own with
 * {@link dev.gearshift.imgur.simulator.SimulatorProcess}, or from a terminal with
 * {@link dev.gearshift.imgur.simulator.SimulatorMain}. In tests with JUnit it is one annotation: {@link
 * dev.gearshift.imgur.simulator.junit.ImgurSimulation}.
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
    // For dev.gearshift.imgur.simulator.junit alone.
    requires static transitive org.junit.jupiter.api;

    exports dev.gearshift.imgur.simulator;
    exports dev.gearshift.imgur.simulator.junit;
}
