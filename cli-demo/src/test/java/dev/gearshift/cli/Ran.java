package dev.gearshift.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command answered, run in this JVM. */
record Ran(int exitCode, String out, String err) {

    static Ran gearshift(String... arguments) {
        return withInput("", arguments);
    }

    static Ran withInput(String input, String... arguments) {
        return run(input, new StringWriter(), arguments);
    }

    static Ran withInput(InputStream input, String... arguments) {
        return run(input, new StringWriter(), arguments);
    }

    /** Runs it with somebody listening to standard error, on the command's own thread. */
    static Ran run(String input, Writer err, String... arguments) {
        return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), err, arguments);
    }

    private static Ran run(InputStream input, Writer err, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command = Main.commandLine(input);
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        int exitCode = command.execute(arguments);
        return new Ran(exitCode, out.toString(), err.toString());
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }
}
