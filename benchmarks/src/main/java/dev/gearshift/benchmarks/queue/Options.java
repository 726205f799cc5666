package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.comparison.OptionWords;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the command was told.
 *
 * @param json where the JSON goes; null for nowhere
 * @param markdown where the Markdown goes, besides standard output; null for nowhere
 */
record Options(
        boolean help,
        Effort effort,
        Set<Group> groups,
        Path python,
        @Nullable Path json,
        @Nullable Path markdown) {
    static final String USAGE =
            """
            The strategy redis beside RQ and Celery, on a redis-server of its own.

              java -jar benchmarks/target/benchmarks.jar queue [OPTION...]

              --quick           a little of everything, within a minute
              --only GROUP,...  %s
              --rounds N        how often everything is done, 3 by default
              --python FILE     the one that has RQ and Celery, /usr/bin/python3 by default
              --json FILE       all samples
              --markdown FILE   what is printed
              --help            this
            """.formatted(Arrays.stream(Group.values()).map(Group::id).collect(Collectors.joining(", ")));

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if there is another, or a value is missing; the message names it
     */
    static Options parse(List<String> words) {
        boolean help = false;
        Effort effort = Effort.FULL;
        Set<Group> groups = EnumSet.allOf(Group.class);
        Path python = Path.of("/usr/bin/python3");
        int rounds = 0;
        Path json = null;
        Path markdown = null;
        OptionWords rest = new OptionWords(words, USAGE);
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--help" -> help = true;
                case "--quick" -> effort = Effort.QUICK;
                case "--only" -> groups = rest.groups(Group.class);
                case "--rounds" -> rounds = rest.number();
                case "--python" -> python = rest.path();
                case "--json" -> json = rest.path();
                case "--markdown" -> markdown = rest.path();
                default -> throw rest.unknown("option " + option);
            }
        }
        return new Options(help, rounds == 0 ? effort : effort.withRounds(rounds), groups, python, json, markdown);
    }
}
