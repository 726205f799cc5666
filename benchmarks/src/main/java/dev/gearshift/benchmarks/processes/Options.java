package dev.gearshift.benchmarks.processes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
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
            The process pool beside a raw socket and Python's pools.

              java -jar benchmarks/target/benchmarks.jar process-pool [OPTION...]

              --quick           a little of everything, within a minute
              --only GROUP,...  %s
              --python FILE     /usr/bin/python3 by default
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
        Path json = null;
        Path markdown = null;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--help" -> help = true;
                case "--quick" -> effort = Effort.QUICK;
                case "--only" -> groups = groups(value(option, rest));
                case "--python" -> python = Path.of(value(option, rest));
                case "--json" -> json = Path.of(value(option, rest));
                case "--markdown" -> markdown = Path.of(value(option, rest));
                default -> throw new IllegalArgumentException("There is no option " + option + ".\n\n" + USAGE);
            }
        }
        return new Options(help, effort, groups, python, json, markdown);
    }

    private static String value(String option, Iterator<String> rest) {
        try {
            return rest.next();
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException(option + " needs a value.\n\n" + USAGE, e);
        }
    }

    private static Set<Group> groups(String ids) {
        List<Group> groups = new ArrayList<>();
        for (String id : ids.split(",", -1)) {
            try {
                groups.add(Group.valueOf(id.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("There is no group " + id + ".\n\n" + USAGE, e);
            }
        }
        return EnumSet.copyOf(groups);
    }
}
