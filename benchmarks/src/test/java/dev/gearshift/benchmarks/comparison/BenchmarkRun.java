package dev.gearshift.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Runs a command of the benchmarks, and has what it wrote. */
public final class BenchmarkRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
    private final Command command;

    /** One. */
    public interface Command {
        int run(List<String> arguments, PrintStream out, PrintStream progress) throws Exception;
    }

    public BenchmarkRun(Command command) {
        this.command = command;
    }

    /** Its exit code. */
    public int run(String... arguments) throws Exception {
        return command.run(List.of(arguments), print(out), print(progress));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String progress() {
        return progress.toString(StandardCharsets.UTF_8);
    }

    /** Each contender has its number or says why not, and the first one has it wherever this machine allows. */
    public static void assertRow(JsonNode row) {
        for (JsonNode cell : row.get("cells")) {
            assertThat(cell.get("median").isNumber() || cell.get("absent").isString())
                    .as(cell.toString())
                    .isTrue();
        }
        JsonNode first = row.get("cells").get(0);
        if (first.get("absent").isNull()) {
            assertThat(first.get("samples").size()).isPositive();
            assertThat(first.get("min").asDouble())
                    .isLessThanOrEqualTo(first.get("median").asDouble());
            assertThat(first.get("max").asDouble())
                    .isGreaterThanOrEqualTo(first.get("median").asDouble());
        } else {
            assertThat(first.get("absent").asString()).endsWith(" here");
        }
    }

    public static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }
}
