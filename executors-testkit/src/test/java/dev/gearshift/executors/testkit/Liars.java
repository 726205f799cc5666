package dev.gearshift.executors.testkit;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All liars, and some that tell the truth. */
final class Liars {
    static final Liar HONEST = Liar.of("nothing", Set.of(), LyingExecutor::new);

    static final Liar HONEST_THROUGH_LYING_FUTURES =
            Liar.of("nothing", Set.of(), (honest, settings) -> new LyingExecutor(honest, settings) {
                @Override
                LyingFuture.Faults faults() {
                    return new LyingFuture.Faults() {};
                }

                @Override
                LyingExecutor streams() {
                    return this;
                }
            });

    static final List<Liar> ALL = Stream.of(
                    LiarsAboutValues.all(),
                    LiarsAboutStreams.all(),
                    LiarsAboutCancelling.all(),
                    LiarsAboutStages.all(),
                    LiarsAboutClosing.all(),
                    LiarsAboutOthers.all(),
                    LiarsAboutOptions.all(),
                    LiarsAboutTravel.all(),
                    LiarsAboutService.all(),
                    LiarsAboutWaits.all())
            .flatMap(List::stream)
            .toList();

    /** Tests that no strategy can fail: {@code TaskFuture} and {@code TaskContext} keep these rules themselves. */
    static final Set<String> KEPT_BY_THE_CONTRACT_ITSELF =
            Set.of("p4_cancelDone_changesNothing", "context_outsideATask_isAnError");

    private Liars() {}
}
