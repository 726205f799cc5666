package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.comparison.Goal;
import java.util.List;
import java.util.stream.Stream;

/** What Gearshift is to reach, on either strategy of its workers. */
final class Targets {
    private Targets() {}

    static List<Goal> of(Figure figure) {
        return Stream.of(Contenders.THREADS, Contenders.PROCESSES)
                .flatMap(ours -> of(figure, ours))
                .toList();
    }

    private static Stream<Goal> of(Figure figure, String ours) {
        return switch (figure) {
            case DRAIN ->
                Stream.of(
                        new Goal(ours, Goal.Limit.AT_LEAST, 4, Contenders.RQ_SIMPLE),
                        new Goal(ours, Goal.Limit.AT_LEAST, 12, Contenders.RQ),
                        new Goal(ours, Goal.Limit.AT_LEAST, 3, Contenders.CELERY));
            case P50_BY_1, P50_BY_2 -> Stream.of(new Goal(ours, Goal.Limit.AT_MOST, 1, null));
            default -> Stream.of();
        };
    }
}
