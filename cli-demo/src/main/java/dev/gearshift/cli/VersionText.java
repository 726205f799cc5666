package dev.gearshift.cli;

import dev.gearshift.executors.Artifact;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "gearshift " + Artifact.of(Main.class, "cli-demo").version(),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")",
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        };
    }
}
