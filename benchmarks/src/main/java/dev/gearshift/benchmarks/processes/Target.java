package dev.gearshift.benchmarks.processes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Gearshift is to reach.
 *
 * @param contender with which settings
 * @param bound the most or the least of the figure, or of its ratio to the peer's
 * @param peer whose figure it is compared with; null for none
 * @param javaAtLeast the Java that it is for, and newer ones
 */
record Target(
        String contender,
        Figure figure,
        Cpus cpus,
        Limit limit,
        double bound,
        @Nullable String peer,
        int javaAtLeast) {
    private static final int ANY = 0;

    /** Which side of the bound is the good one. */
    enum Limit {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Limit(String sign) {
            this.sign = sign;
        }
    }

    private static final List<Target> ALL = Stream.of(
                    Stream.of(
                            atMost(1 / 3.0, Contenders.EXECUTOR, Figure.P50, Cpus.ONE),
                            atMost(4, Contenders.RAW_SOCKET, Figure.P50, Cpus.ONE),
                            atMost(1, Contenders.POOL, Figure.P50, Cpus.ALL),
                            atLeast(3, Contenders.EXECUTOR, Figure.ECHO_1_MIB, Cpus.ALL),
                            atLeast(3, Contenders.EXECUTOR, Figure.ECHO_16_MIB, Cpus.ALL),
                            atMost(170, Contenders.GEARSHIFT, Figure.FIRST_RESULT, 25),
                            atMost(250, Contenders.WITHOUT_CACHE, Figure.FIRST_RESULT, 25),
                            atMost(600, Contenders.GEARSHIFT, Figure.SERVED_BY_8, ANY),
                            atMost(38, Contenders.GEARSHIFT, Figure.PSS_OF_2, ANY),
                            atMost(32, Contenders.GEARSHIFT, Figure.PSS_OF_8, ANY)),
                    Arrays.stream(Cpus.values())
                            .flatMap(cpus -> Stream.of(
                                    atLeast(8, Contenders.EXECUTOR, Figure.SUBMIT, cpus),
                                    atLeast(2, Contenders.POOL, Figure.SUBMIT, cpus),
                                    atLeast(0.5, Contenders.EXECUTOR, Figure.MAP, cpus))))
            .flatMap(targets -> targets)
            .toList();

    static List<Target> of(Figure figure, Cpus cpus) {
        return ALL.stream()
                .filter(target -> target.figure == figure
                        && target.cpus == cpus
                        && target.javaAtLeast <= Runtime.version().feature())
                .toList();
    }

    private static Target atMost(double times, String peer, Figure figure, Cpus cpus) {
        return new Target(Contenders.GEARSHIFT, figure, cpus, Limit.AT_MOST, times, peer, ANY);
    }

    private static Target atMost(double bound, String contender, Figure figure, int javaAtLeast) {
        return new Target(contender, figure, Cpus.ALL, Limit.AT_MOST, bound, null, javaAtLeast);
    }

    private static Target atLeast(double times, String peer, Figure figure, Cpus cpus) {
        return new Target(Contenders.GEARSHIFT, figure, cpus, Limit.AT_LEAST, times, peer, ANY);
    }

    boolean isMetBy(double value) {
        return limit == Limit.AT_MOST ? value <= bound : value >= bound;
    }

    /** As the table has it. */
    String text() {
        String who = contender.equals(Contenders.GEARSHIFT) ? "" : contender + ": ";
        return who + limit.sign + " " + String.format(Locale.ROOT, bound < 1 ? "%.2f" : "%.0f", bound)
                + (peer == null ? " " + figure.unit() : " × " + peer);
    }
}
