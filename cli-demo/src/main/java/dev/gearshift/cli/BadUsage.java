package dev.gearshift.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said to a command line that cannot be read: what is wrong with it and where to look, not the whole help. */
final class BadUsage {
    private BadUsage() {}

    static int explain(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        if (arguments.length == 0) {
            command.usage(err);
            return Main.USAGE;
        }
        String text = ended(String.valueOf(problem.getMessage())) + nearest(problem) + " See \""
                + command.getCommandSpec().qualifiedName() + " --help\".";
        err.println(command.getColorScheme().errorText(text));
        // Read from the words themselves: they could not be parsed.
        if (Arrays.asList(arguments).contains("--stacktrace")) {
            problem.printStackTrace(err);
        }
        err.flush();
        return Main.USAGE;
    }

    private static String nearest(ParameterException problem) {
        List<String> names =
                problem instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return names.isEmpty() ? "" : " Did you mean " + String.join(" or ", names) + "?";
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
