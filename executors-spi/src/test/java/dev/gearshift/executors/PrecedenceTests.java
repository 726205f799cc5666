package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.gearshift.executors.StrategyChoice.ChosenBy;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.ClearSystemProperty;
import org.junit.jupiter.api.util.SetSystemProperty;

/** Who wins when several have a say; for the environment variable see {@link EnvironmentTests}. */
@Timeout(60)
@ClearSystemProperty(key = "gearshift.strategy")
class PrecedenceTests {
    @TempDir
    Path temp;

    private ProviderFolder threads;
    private ProviderFolder virtual;
    private ProviderFolder future;

    @BeforeEach
    void compile() throws Exception {
        threads = ProviderFolder.of(temp.resolve("threads"), "Threads", "threads");
        virtual = ProviderFolder.of(temp.resolve("virtual"), "Virtual", "virtual");
        future = ProviderFolder.of(
                temp.resolve("future"),
                "Future",
                "future",
                "@Override public Optional<String> unavailableBecause() { return Optional.of(\"it needs Java 99\"); }");
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = "virtual")
    void theCallerWinsOverTheProperty() throws Exception {
        assertChoice(
                Application.of(threads, virtual).run(() -> ConcurrencyStrategies.choose("threads")),
                "threads",
                ChosenBy.CALLER,
                null);
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = "absent")
    void theCallerWinsOverAPropertyThatCannotBeMet() throws Exception {
        assertChoice(
                Application.of(threads).run(() -> ConcurrencyStrategies.choose("threads")),
                "threads",
                ChosenBy.CALLER,
                null);
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = " virtual ")
    void thePropertyWinsOverTheDefault() throws Exception {
        assertChoice(
                Application.of(threads, virtual).run(() -> ConcurrencyStrategies.chooseOr("threads")),
                "virtual",
                ChosenBy.PROPERTY,
                "-Dgearshift.strategy");
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = "sequential")
    void thePropertyWinsOverTheOnlyOne() throws Exception {
        assertChoice(
                Application.of(threads).run(ConcurrencyStrategies::choose),
                "sequential",
                ChosenBy.PROPERTY,
                "-Dgearshift.strategy");
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = " \t")
    void aBlankPropertyCountsAsAbsent() throws Exception {
        assertChoice(Application.of(threads).run(ConcurrencyStrategies::choose), "threads", ChosenBy.ONLY_ONE, null);
    }

    @Test
    void theDefaultWinsOverTheOnlyOne() throws Exception {
        assertChoice(
                Application.of(threads).run(() -> ConcurrencyStrategies.chooseOr("sequential")),
                "sequential",
                ChosenBy.DEFAULT,
                null);
    }

    @Test
    void theDefaultSettlesWhichOfSeveral() throws Exception {
        assertChoice(
                Application.of(threads, virtual).run(() -> ConcurrencyStrategies.chooseOr("virtual")),
                "virtual",
                ChosenBy.DEFAULT,
                null);
    }

    @Test
    void aDefaultThatIsAbsentGoesOnToTheOnlyOne() throws Exception {
        assertChoice(
                Application.of(threads).run(() -> ConcurrencyStrategies.chooseOr("virtual")),
                "threads",
                ChosenBy.ONLY_ONE,
                null);
    }

    @Test
    void aDefaultThatCannotRunHereGoesOnToTheOnlyOne() throws Exception {
        assertThat(Application.of(future, threads)
                        .refusal(() -> ConcurrencyStrategies.chooseOr("future"))
                        .getMessage())
                .startsWith("2 ConcurrencyStrategies on the classpath and none chosen:\n");
        assertThat(Application.of(future)
                        .refusal(() -> ConcurrencyStrategies.chooseOr("future"))
                        .getMessage())
                .startsWith("ConcurrencyStrategy \"future\" (executors-future 1.2.3, " + future.location()
                        + ") cannot run here: it needs Java 99.\n");
    }

    @Test
    void theOnlyOneIsTaken() throws Exception {
        assertChoice(Application.of(virtual).run(ConcurrencyStrategies::choose), "virtual", ChosenBy.ONLY_ONE, null);
    }

    @Test
    void sequentialIsTakenByNameOnly() {
        assertChoice(ConcurrencyStrategies.choose("sequential"), "sequential", ChosenBy.CALLER, null);
        assertThat(Application.refusalHere(ConcurrencyStrategies::choose).getMessage())
                .startsWith("No ConcurrencyStrategy on the classpath.");
    }

    @Test
    void anExplicitChoiceNeverFallsThrough() throws Exception {
        Application application = Application.of(future, threads);

        assertThat(application
                        .refusal(() -> ConcurrencyStrategies.choose("virtual"))
                        .requested())
                .hasValue("virtual");
        assertThat(application
                        .refusal(() -> ConcurrencyStrategies.choose("future"))
                        .requested())
                .hasValue("future");
        assertThat(application.refusal(() -> ConcurrencyStrategies.choose("")).requested())
                .hasValue("");
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = "virtual")
    void norDoesThePropertyEvenWithADefault() throws Exception {
        assertThat(Application.of(threads)
                        .refusal(() -> ConcurrencyStrategies.chooseOr("threads"))
                        .requested())
                .hasValue("virtual");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nullIsNoName() {
        assertThatNullPointerException()
                .isThrownBy(() -> ConcurrencyStrategies.choose(null))
                .withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> ConcurrencyStrategies.chooseOr(null))
                .withMessage("defaultId");
    }

    private static void assertChoice(StrategyChoice choice, String id, ChosenBy chosenBy, @Nullable String said) {
        assertThat(choice.strategy().id()).isEqualTo(id);
        assertThat(choice.chosenBy()).isEqualTo(chosenBy);
        assertThat(choice.said()).isEqualTo(Optional.ofNullable(said));
    }
}
