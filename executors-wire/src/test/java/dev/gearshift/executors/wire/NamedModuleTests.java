package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in a user's named module, with all on the module path. */
@Timeout(120)
class NamedModuleTests {
    private static final String MAIN = """
            package com.example;

            import dev.gearshift.executors.NotPortableException;
            import dev.gearshift.executors.Task;
            import dev.gearshift.executors.wire.TaskWire;
            import dev.gearshift.executors.wire.WireLimits;
            import java.nio.ByteBuffer;

            final class Main {
                private record Twice(int n) implements Task<Integer> {
                    public Integer call() { return 2 * n; }
                }

                public static void main(String[] args) throws Exception {
                    try {
                        TaskWire wire = TaskWire.of(Twice.class);
                        byte[] bytes = wire.encode(new Twice(21), WireLimits.DEFAULT);
                        System.out.println(wire.decode(ByteBuffer.wrap(bytes), WireLimits.DEFAULT).call());
                    } catch (NotPortableException e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void anOpenPackage_isReached() throws Exception {
        assertThat(run("opens com.example to dev.gearshift.executors.wire;")).isEqualTo("42");
    }

    @Test
    void aClosedPackage_isRefusedWithTheLineToAdd() throws Exception {
        assertThat(run(""))
                .isEqualTo(
                        "Twice cannot travel: module com.example does not open the package of com.example.Main$Twice."
                                + " Add this line to its module-info.java: opens com.example to dev.gearshift.executors.wire;\n"
                                + "See executors-wire/README.md#what-travels");
    }

    private String run(String opens) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("src/com/example"));
        Path descriptor = folder.resolve("src/module-info.java");
        Files.writeString(descriptor, "module com.example { requires dev.gearshift.executors.wire; " + opens + " }");
        Path main = Files.writeString(sources.resolve("Main.java"), MAIN);
        Path classes = folder.resolve("classes");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        List.of(
                                        "-p",
                                        ChildJvm.modulePath(),
                                        "-d",
                                        classes.toString(),
                                        descriptor.toString(),
                                        main.toString())
                                .toArray(String[]::new));
        assertThat(failed).isZero();
        return ChildJvm.run(
                        "-p",
                        ChildJvm.modulePath() + java.io.File.pathSeparator + classes,
                        "-m",
                        "com.example/com.example.Main")
                .strip();
    }
}
