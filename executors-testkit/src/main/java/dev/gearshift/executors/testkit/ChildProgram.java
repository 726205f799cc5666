package dev.gearshift.executors.testkit;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A program of the kit, in a JVM of its own that sees the classes of this one, and Gearshift's settings. */
final class ChildProgram {
    private ChildProgram() {}

    /** Not started yet; standard error goes where standard output goes. */
    static ProcessBuilder of(List<String> options, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("gearshift."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(options);
        command.add("-cp");
        command.add(path());
        command.add(program.getName());
        Collections.addAll(command, arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.equals("JAVA_TOOL_OPTIONS"));
        return builder;
    }

    /** What is on the module path here is on the class path there. */
    private static String path() {
        String classes = System.getProperty("java.class.path");
        String modules = System.getProperty("jdk.module.path");
        if (modules == null || modules.isEmpty()) {
            return classes;
        }
        return classes.isEmpty() ? modules : classes + File.pathSeparator + modules;
    }
}
