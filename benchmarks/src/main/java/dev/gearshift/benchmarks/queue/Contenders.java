package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.comparison.PythonScript;
import java.util.List;

/** Who is measured; the first is the one that the others are compared with. */
final class Contenders {
    static final String THREADS = "Gearshift, threads";
    static final String PROCESSES = "Gearshift, processes";
    static final String RQ_SIMPLE = "RQ SimpleWorker";
    static final String RQ = "RQ Worker";
    static final String CELERY = "Celery";

    private static final Contender ON_THREADS = new Contender.Gearshift(THREADS, "threads", 0);

    private Contenders() {}

    static List<Contender> of(Group group, PythonScript python) {
        return group == Group.COST ? List.of(ON_THREADS) : all(python);
    }

    private static List<Contender> all(PythonScript python) {
        return List.of(
                ON_THREADS,
                new Contender.Gearshift("Gearshift, threads, 16 at once", "threads", 16),
                new Contender.Gearshift(PROCESSES, "processes", 0),
                new Contender.Python(RQ_SIMPLE, python, "rq-simple"),
                new Contender.Python(RQ, python, "rq"),
                new Contender.Python(CELERY, python, "celery"));
    }
}
