package dev.gearshift.benchmarks.processes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured together: by the same processes, in the same table. */
enum Group {
    ROUNDTRIP("No-op round trip, one task in flight, two workers", true),
    THROUGHPUT("No-op tasks, two workers", true),
    ECHO("Echo of bytes, two workers", false),
    START("Cold start in a warm parent", false),
    MEMORY("Memory of an idle worker that has run one task", false),
    DEATH("Crashes, timeouts, cancelling", false);

    private final String title;
    private final boolean alsoOnOneCpu;

    Group(String title, boolean alsoOnOneCpu) {
        this.title = title;
        this.alsoOnOneCpu = alsoOnOneCpu;
    }

    /** As it is given on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    List<Cpus> cpus() {
        return alsoOnOneCpu ? List.of(Cpus.ALL, Cpus.ONE) : List.of(Cpus.ALL);
    }

    List<Figure> figures() {
        return Arrays.stream(Figure.values())
                .filter(figure -> figure.group() == this)
                .toList();
    }
}
