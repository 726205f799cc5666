package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Promise 7, and what of 2 is refused: strategies that take only what could leave this JVM, but for some of it. */
final class LiarsAboutTravel {
    private static final Set<Capability> CAPABILITIES = EnumSet.of(Capability.DELAYS);
    private static final String LAMBDA = "p7_lambda_isRefusedAtSubmitWhereItCannot";
    private static final String TYPES = "p2_typesThatDoNotSayWhatTheyHold_areRefusedAtSubmitByName";
    private static final String PART = "p7_recordWithAPartThatCannotTravel_isRefusedAtSubmitByItsName";

    /** Of the check. */
    private static final int LIMIT = 64 << 20;

    /** Takes nothing that could not leave this JVM, and says why. */
    static final Liar HONEST = taking("nothing", Set.of(), task -> false);

    private LiarsAboutTravel() {}

    static List<Liar> all() {
        return List.of(
                taking(
                        "lambdas run, against its word",
                        Set.of(LAMBDA, "p9_whatCannotTravel_isRejectedWithTheReason"),
                        task -> task.getClass().isHidden()),
                saying(
                        "what to write instead of a lambda is not said",
                        Set.of(LAMBDA, "p9_whatCannotTravel_isRejectedWithTheReason"),
                        text -> text.replaceFirst("(?s) Write the task .*", "")),
                taking("a part that cannot travel is taken along", Set.of(PART), P7Portability.Trip.class::isInstance),
                saying(
                        "the part that cannot travel is not named",
                        Set.of(PART),
                        text -> text.replace("Trip.luggage.gate", "Trip")),
                taking("a type variable is taken along", Set.of(TYPES), P2Values.OfVariable.class::isInstance),
                taking("a wildcard is taken along", Set.of(TYPES), P2Values.OfWildcard.class::isInstance),
                taking("any object is taken along", Set.of(TYPES), P2Values.OfObject.class::isInstance),
                taking("an open interface is taken along", Set.of(TYPES), P2Values.OfOpenInterface.class::isInstance),
                taking("an open interface is given back", Set.of(TYPES), P2Values.ToOpenInterface.class::isInstance),
                taking(
                        "more than the limit is taken along",
                        Set.of("p2_bytesBeyondTheLimit_areRefusedAtSubmitByName"),
                        task -> task instanceof P2Values.EchoBytes bytes && bytes.value().length > LIMIT),
                Liar.opening(
                        "the check for what could not leave is left out",
                        Set.of("p7_checkPortable_refusesTheSameWhereTasksStay"),
                        (self, settings) -> LyingStrategy.honest(self, settings.withCheckPortable(false))));
    }

    /** Runs some tasks unchecked. */
    private static Liar taking(String lie, Set<String> caughtBy, Predicate<Task<?>> unchecked) {
        return of(lie, caughtBy, unchecked, text -> text);
    }

    /** Refuses in other words. */
    private static Liar saying(String lie, Set<String> caughtBy, UnaryOperator<String> words) {
        return of(lie, caughtBy, task -> false, words);
    }

    private static Liar of(
            String lie, Set<String> caughtBy, Predicate<Task<?>> unchecked, UnaryOperator<String> words) {
        return new Liar(
                lie,
                caughtBy,
                () -> new LyingStrategy(
                        CAPABILITIES, LIMIT, (self, settings) -> new Checking(self, settings, unchecked, words)),
                Duration.ofSeconds(3));
    }

    private static final class Checking extends LyingExecutor {
        private final TaskExecutor anything;
        private final Predicate<Task<?>> unchecked;
        private final UnaryOperator<String> words;

        Checking(
                ConcurrencyStrategy self,
                StrategySettings settings,
                Predicate<Task<?>> unchecked,
                UnaryOperator<String> words) {
            super(LyingStrategy.honest(self, settings.withCheckPortable(true)), settings);
            this.anything = LyingStrategy.honest(self, settings);
            this.unchecked = unchecked;
            this.words = words;
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            if (task != null && unchecked.test(task)) {
                return anything.submit(task, options);
            }
            try {
                return super.submit(task, options);
            } catch (NotPortableException e) {
                throw new NotPortableException(words.apply(String.valueOf(e.getMessage())));
            }
        }
    }
}
