package dev.gearshift.executors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The Maven artifact that a strategy comes from. The build writes it into the module as {@code
 * META-INF/gearshift/<artifactId>.properties}, which stays readable in a shaded jar and on the module path.
 *
 * @param groupId such as {@code dev.gearshift}
 * @param artifactId such as {@code executors-threads}
 * @param version such as {@code 1.0.0}
 */
public record Artifact(String groupId, String artifactId, String version) {
    /**
     * Reads what the build wrote.
     *
     * @param anchor a class of the module
     * @param artifactId the module's artifact
     * @throws IllegalStateException if the module carries no such file
     */
    public static Artifact of(Class<?> anchor, String artifactId) {
        String name = "/META-INF/gearshift/" + artifactId + ".properties";
        Properties properties = new Properties();
        try (InputStream in = anchor.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(anchor.getName() + " has no resource " + name
                        + " beside it: the build of " + artifactId + " must write it.");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Artifact(
                properties.getProperty("groupId", "?"),
                properties.getProperty("artifactId", artifactId),
                properties.getProperty("version", "?"));
    }

    /** {@code groupId:artifactId:version}. */
    @Override
    public String toString() {
        return groupId + ":" + artifactId + ":" + version;
    }
}
