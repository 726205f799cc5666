package dev.gearshift.imgur.simulator;

/** A JVM that starts a simulator, says its process id, and is gone without closing anything. */
final class VanishingParent {

    private VanishingParent() {}

    public static void main(String[] arguments) {
        SimulatorProcess child = SimulatorProcess.start(
                SimulatorSettings.defaults().withImages(1).withImageBytes(512));
        System.out.println(child.pid() + " " + child.baseUri());
        System.out.flush();
        Runtime.getRuntime().halt(9);
    }
}
