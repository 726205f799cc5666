package dev.gearshift.benchmarks.queue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured together: by the same processes, in the same table. */
enum Group {
    ROUNDTRIP("No-op round trip, one task in flight"),
    BACKLOG("A backlog of no-op tasks, put in first, then drained by two workers"),
    COST("What a no-op task costs Redis, with one worker");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    /** As it is given on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    List<Figure> figures() {
        return Arrays.stream(Figure.values())
                .filter(figure -> figure.group() == this)
                .toList();
    }
}
