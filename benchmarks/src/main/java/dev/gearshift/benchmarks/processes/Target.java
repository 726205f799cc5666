package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.Goal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Gearshift is to reach.
 *
 * @param javaAtLeast the Java that it is for, and newer ones
 */
record Target(Goal goal, Figure figure, Cpus cpus, int javaAtLeast) {
    private static final int ANY = 0;

    private static final List<Target> ALL = Stream.of(
                    Stream.of(
                            atMost(1 / 3.0, Contenders.EXECUTOR, Figure.P50, Cpus.ONE),
                            atMost(4, Contenders.RAW_SOCKET, Figure.P50, Cpus.ONE),
                            atMost(1, Contenders.POOL, Figure.P50, Cpus.ALL),
                            atLeast(3, Contenders.EXECUTOR, Figure.ECHO_1_MIB, Cpus.ALL),
                            atLeast(3, Contenders.EXECUTOR, Figure.ECHO_16_MIB, Cpus.ALL),
                            atMost(170, null, Figure.FIRST_RESULT, 25),
                            atMost(250, Contenders.WITHOUT_CACHE, Figure.FIRST_RESULT, 25),
                            atMost(600, null, Figure.SERVED_BY_8, ANY),
                            atMost(38, null, Figure.PSS_OF_2, ANY),
                            atMost(32, null, Figure.PSS_OF_8, ANY)),
                    Arrays.stream(Cpus.values())
                            .flatMap(cpus -> Stream.of(
                                    atLeast(8, Contenders.EXECUTOR, Figure.SUBMIT, cpus),
                                    atLeast(2, Contenders.POOL, Figure.SUBMIT, cpus),
                                    atLeast(0.5, Contenders.EXECUTOR, Figure.MAP, cpus))))
            .flatMap(targets -> targets)
            .toList();

    static List<Goal> of(Figure figure, Cpus cpus) {
        return ALL.stream()
                .filter(target -> target.figure == figure
                        && target.cpus == cpus
                        && target.javaAtLeast <= Runtime.version().feature())
                .map(Target::goal)
                .toList();
    }

    private static Target atMost(double times, String peer, Figure figure, Cpus cpus) {
        return new Target(new Goal(null, Goal.Limit.AT_MOST, times, peer), figure, cpus, ANY);
    }

    private static Target atMost(double bound, @Nullable String contender, Figure figure, int javaAtLeast) {
        return new Target(new Goal(contender, Goal.Limit.AT_MOST, bound, null), figure, Cpus.ALL, javaAtLeast);
    }

    private static Target atLeast(double times, String peer, Figure figure, Cpus cpus) {
        return new Target(new Goal(null, Goal.Limit.AT_LEAST, times, peer), figure, cpus, ANY);
    }
}
