package dev.gearshift.cli;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead tasks. */
final class DeadTaskOptions {
    private static final Pattern ENTRY = Pattern.compile("\\d{1,19}-\\d{1,19}");

    @Option(names = "--all", description = "All that are listed.")
    private boolean all;

    @Parameters(arity = "0..*", paramLabel = "ENTRY", description = "Which ones, by the first column of the list.")
    private @Nullable List<String> entries;

    boolean all() {
        return all;
    }

    /**
     * Those that are named, none for all.
     *
     * @throws UsageException if none is named and not all are meant, or both; or if one can be none
     */
    List<String> entries() {
        List<String> named = entries == null ? List.of() : entries;
        if (named.isEmpty() != all) {
            throw new UsageException(
                    "Name the dead tasks by the first column of \"gearshift queue dead list\", or say --all.");
        }
        for (String entry : named) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new UsageException("\"" + entry + "\" names no dead task: take the first column of"
                        + " \"gearshift queue dead list\", such as 1700000000000-0.");
            }
        }
        return named;
    }
}
