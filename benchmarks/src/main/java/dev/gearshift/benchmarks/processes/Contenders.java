package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.PythonScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who is measured at what; the first is the one that the others are compared with. */
final class Contenders {
    static final String GEARSHIFT = "Gearshift";
    static final String WITHOUT_CACHE = "Gearshift, no class cache";
    static final String TOLD_OF_STARTS = "Gearshift, told of each start";
    static final String RAW_SOCKET = "raw socket";
    static final String EXECUTOR = "ProcessPoolExecutor";
    static final String POOL = "multiprocessing.Pool";
    static final String PEBBLE = "pebble";

    /** Others of our own, by what they change. */
    private static final Map<Group, List<Contender>> VARIANTS = Map.of(
            Group.ROUNDTRIP,
            List.of(new Contender.Gearshift(TOLD_OF_STARTS, Map.of(GearshiftHost.LISTENS, "true"))),
            Group.THROUGHPUT,
            List.of(new Contender.Gearshift(TOLD_OF_STARTS, Map.of(GearshiftHost.LISTENS, "true"))),
            Group.START,
            List.of(new Contender.Gearshift(WITHOUT_CACHE, Map.of(ClassCacheFolder.SETTING, "off"))),
            Group.MEMORY,
            List.of(new Contender.Gearshift(WITHOUT_CACHE, Map.of(ClassCacheFolder.SETTING, "off"))),
            Group.DEATH,
            List.of(new Contender.Gearshift("Gearshift, killGrace 0", Map.of("gearshift.processes.killGrace", "0ms"))));

    private final Contender.Gearshift defaults;
    private final PythonScript python;

    Contenders(ClassCacheFolder classCache, PythonScript python) {
        this.defaults = new Contender.Gearshift(
                GEARSHIFT, Map.of(ClassCacheFolder.SETTING, classCache.path().toString()));
        this.python = python;
    }

    /** Gearshift, as it is by default. */
    Contender.Gearshift defaults() {
        return defaults;
    }

    List<Contender> of(Group group) {
        List<Contender> all = new ArrayList<>();
        all.add(defaults);
        all.addAll(VARIANTS.getOrDefault(group, List.of()));
        switch (group) {
            case ROUNDTRIP, THROUGHPUT, ECHO -> all.add(new Contender.RawSocket(RAW_SOCKET));
            case START, MEMORY -> all.add(new Contender.Python(EXECUTOR + ", spawn", python, "executor", "spawn"));
            case DEATH -> {}
        }
        all.add(new Contender.Python(EXECUTOR, python, "executor", "fork"));
        all.add(new Contender.Python(POOL, python, "pool", "fork"));
        all.add(new Contender.Python(PEBBLE, python, "pebble", "fork"));
        return all;
    }
}
