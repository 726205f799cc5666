package dev.gearshift.benchmarks.comparison;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;

/** The words of a command line, one after another. */
public final class OptionWords {
    private final Iterator<String> rest;
    private final String usage;
    private String option = "";

    /**
     * At the first.
     *
     * @param usage what whoever writes nonsense is told
     */
    public OptionWords(List<String> words, String usage) {
        this.rest = words.iterator();
        this.usage = usage;
    }

    /** Whether there is another. */
    public boolean hasNext() {
        return rest.hasNext();
    }

    /** The next option. */
    public String next() {
        option = rest.next();
        return option;
    }

    /**
     * The value of the latest option.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String value() {
        try {
            return rest.next();
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException(option + " needs a value.\n\n" + usage, e);
        }
    }

    /** The same, as a path. */
    public Path path() {
        return Path.of(value());
    }

    /**
     * The same, as a number.
     *
     * @throws IllegalArgumentException if it is none above 0
     */
    public int number() {
        String text = value();
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(option + " needs a number above 0, not " + text + ".\n\n" + usage);
        }
        return Integer.parseInt(text);
    }

    /**
     * The same, as some of the things that can be measured, with commas between them.
     *
     * @throws IllegalArgumentException if there is no such
     */
    public <G extends Enum<G>> Set<G> groups(Class<G> all) {
        Set<G> groups = EnumSet.noneOf(all);
        for (String id : value().split(",", -1)) {
            try {
                groups.add(Enum.valueOf(all, id.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw unknown("group " + id);
            }
        }
        return groups;
    }

    /** That there is no such thing, and what there is. */
    public IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException("There is no " + what + ".\n\n" + usage);
    }
}
