package dev.gearshift.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead tasks. */
final class DeadTaskOptions {
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
     * @throws UsageException if none is named and not all are meant, or both
     */
    List<String> entries() {
        List<String> named = entries == null ? List.of() : entries;
        if (named.isEmpty() != all) {
            throw new UsageException(
                    "Name the dead tasks by the first column of \"gearshift queue dead list\", or say --all.");
        }
        return named;
    }
}
