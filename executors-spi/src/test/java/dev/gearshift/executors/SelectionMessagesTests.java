package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.ClearSystemProperty;
import org.junit.jupiter.api.util.SetSystemProperty;

/** Each refusal to choose, word for word, on real class paths. */
@Timeout(60)
@ClearSystemProperty(key = "gearshift.strategy")
class SelectionMessagesTests {
    private static final String VERSION = KnownStrategies.SPI.version();
    private static final String SPI_CLASSES = location(ConcurrencyStrategy.class);
    private static final String OWN_LOADER =
            ConcurrencyStrategy.class.getClassLoader().getName();

    private static final String NEEDS_JAVA_99 =
            "@Override public Optional<String> unavailableBecause() { return Optional.of(\"it needs Java 99\"); }";

    @TempDir
    Path temp;

    @Test
    void noneFound() {
        StrategySelectionException refusal = Application.refusalHere(ConcurrencyStrategies::choose);

        assertThat(refusal).hasMessage("""
                        No ConcurrencyStrategy on the classpath. Add one of these as a runtime dependency:
                        - async      dev.gearshift:executors-async:%1$s  many tasks in flight on few threads in this JVM
                        - processes  dev.gearshift:executors-processes:%1$s  a pool of child JVMs
                        - redis      dev.gearshift:executors-redis:%1$s  workers on any number of machines, by a queue in Redis
                        - threads    dev.gearshift:executors-threads:%1$s  platform threads in this JVM
                        - virtual    dev.gearshift:executors-virtual:%1$s  virtual threads in this JVM (Java 21 or later)
                        Or choose "sequential" by name: it is always there.
                        Looked with class loader %2$s. In a shaded jar, check that META-INF/services files are merged.
                        See docs/strategy-selection.md#none-found""", VERSION, OWN_LOADER);
        assertThat(refusal.requested()).isEmpty();
        assertThat(refusal.installed().strategies())
                .extracting(found -> found.strategy().id())
                .containsExactly("sequential");
    }

    @Test
    void noneFoundNamesBothClassLoadersWhereTheyDiffer() throws Exception {
        ProviderFolder nothing = ProviderFolder.at(temp.resolve("nothing"));

        assertThat(Application.of(nothing).refusal(ConcurrencyStrategies::choose))
                .hasMessage("""
                        No ConcurrencyStrategy on the classpath. Add one of these as a runtime dependency:
                        - async      dev.gearshift:executors-async:%1$s  many tasks in flight on few threads in this JVM
                        - processes  dev.gearshift:executors-processes:%1$s  a pool of child JVMs
                        - redis      dev.gearshift:executors-redis:%1$s  workers on any number of machines, by a queue in Redis
                        - threads    dev.gearshift:executors-threads:%1$s  platform threads in this JVM
                        - virtual    dev.gearshift:executors-virtual:%1$s  virtual threads in this JVM (Java 21 or later)
                        Or choose "sequential" by name: it is always there.
                        Looked with class loaders plugins (of the thread) and %2$s (of executors-spi). \
                        In a shaded jar, check that META-INF/services files are merged.
                        See docs/strategy-selection.md#none-found""", VERSION, OWN_LOADER);
    }

    @Test
    void severalFound() throws Exception {
        ProviderFolder processes = ProviderFolder.of(temp.resolve("b"), "Processes", "processes");
        ProviderFolder threads =
                ProviderFolder.of(temp.resolve("a"), "Threads", "threads").asJar();

        StrategySelectionException refusal = Application.of(threads, processes).refusal(ConcurrencyStrategies::choose);

        assertThat(refusal).hasMessage("""
                        2 ConcurrencyStrategies on the classpath and none chosen:
                        - processes  (executors-processes 1.2.3, %s)
                        - threads    (executors-threads 1.2.3, %s)
                        Choose one: ConcurrencyStrategies.choose("processes"), \
                        or -Dgearshift.strategy=processes, or GEARSHIFT_STRATEGY=processes;
                        or keep only one artifact on the classpath.
                        See docs/strategy-selection.md#several-found""", processes.location(), threads.location());
        assertThat(threads.location()).startsWith("file:/").endsWith("/a.jar");
        assertThat(refusal.requested()).isEmpty();
    }

    @Test
    void severalFoundMarksTheOneThatCannotRunHereAndDoesNotProposeIt() throws Exception {
        ProviderFolder future = ProviderFolder.of(temp.resolve("future"), "Future", "future", NEEDS_JAVA_99);
        ProviderFolder threads = ProviderFolder.of(temp.resolve("threads"), "Threads", "threads");

        assertThat(Application.of(future, threads).refusal(ConcurrencyStrategies::choose))
                .hasMessage("""
                        2 ConcurrencyStrategies on the classpath and none chosen:
                        - future     (executors-future 1.2.3, %s) cannot run here: it needs Java 99
                        - threads    (executors-threads 1.2.3, %s)
                        Choose one: ConcurrencyStrategies.choose("threads"), \
                        or -Dgearshift.strategy=threads, or GEARSHIFT_STRATEGY=threads;
                        or keep only one artifact on the classpath.
                        See docs/strategy-selection.md#several-found""", future.location(), threads.location());
    }

    @Test
    void namedMissing() {
        StrategySelectionException refusal = Application.refusalHere(() -> ConcurrencyStrategies.choose("threads"));

        assertThat(refusal).hasMessage("""
                        ConcurrencyStrategy "threads" was asked for but is not on the classpath.
                        Add it:  <dependency><groupId>dev.gearshift</groupId><artifactId>executors-threads</artifactId>\
                        <version>%1$s</version></dependency>
                        Or use one that is here:
                        - sequential (executors-spi %1$s, %2$s)
                        Looked with class loader %3$s. In a shaded jar, check that META-INF/services files are merged.
                        See docs/strategy-selection.md#named-missing""", VERSION, SPI_CLASSES, OWN_LOADER);
        assertThat(refusal.requested()).hasValue("threads");
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = "virtual")
    void namedMissingSaysWhoAskedAndListsWhatIsThere() throws Exception {
        ProviderFolder threads = ProviderFolder.of(temp.resolve("threads"), "Threads", "threads");

        StrategySelectionException refusal = Application.of(threads).refusal(ConcurrencyStrategies::choose);

        assertThat(refusal).hasMessage("""
                        ConcurrencyStrategy "virtual" was asked for by -Dgearshift.strategy but is not on the classpath.
                        Add it:  <dependency><groupId>dev.gearshift</groupId><artifactId>executors-virtual</artifactId>\
                        <version>%s</version></dependency>
                        Or use one that is here:
                        - sequential (executors-spi %s, %s)
                        - threads    (executors-threads 1.2.3, %s)
                        %s
                        See docs/strategy-selection.md#named-missing""", VERSION, VERSION, SPI_CLASSES, threads.location(), Application.LOOKED);
        assertThat(refusal.requested()).hasValue("virtual");
    }

    @Test
    void namedMissingWhereEvenSequentialWasLost() {
        InstalledStrategies shaded = new InstalledStrategies(List.of(), List.of(), "class loader app");

        assertThat(SelectionMessages.namedMissing(
                        shaded, KnownStrategies.byId("sequential").orElseThrow(), null))
                .isEqualTo("""
                        ConcurrencyStrategy "sequential" was asked for but is not on the classpath.
                        Add it:  <dependency><groupId>dev.gearshift</groupId><artifactId>executors-spi</artifactId>\
                        <version>%s</version></dependency>
                        Looked with class loader app. In a shaded jar, check that META-INF/services files are merged.
                        See docs/strategy-selection.md#named-missing""", VERSION);
    }

    @Test
    void unknownName() throws Exception {
        ProviderFolder fibers = ProviderFolder.of(temp.resolve("fibers"), "Fibers", "fibers");

        StrategySelectionException refusal =
                Application.of(fibers).refusal(() -> ConcurrencyStrategies.choose("fibres"));

        assertThat(refusal).hasMessage("""
                        No ConcurrencyStrategy is called "fibres". Did you mean "fibers"?
                        On the classpath: fibers, sequential. \
                        Not on the classpath: async (dev.gearshift:executors-async:%1$s), \
                        processes (dev.gearshift:executors-processes:%1$s), \
                        redis (dev.gearshift:executors-redis:%1$s), \
                        threads (dev.gearshift:executors-threads:%1$s), \
                        virtual (dev.gearshift:executors-virtual:%1$s).
                        %2$s
                        See docs/strategy-selection.md#unknown-name""", VERSION, Application.LOOKED);
        assertThat(refusal.requested()).hasValue("fibres");
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = "Thread")
    void unknownNameSaysWhoAskedAndMayMeanOneThatIsNotThere() {
        assertThat(Application.refusalHere(ConcurrencyStrategies::choose)).hasMessage("""
                        No ConcurrencyStrategy is called "Thread" (asked for by -Dgearshift.strategy). \
                        Did you mean "threads"?
                        On the classpath: sequential. \
                        Not on the classpath: async (dev.gearshift:executors-async:%1$s), \
                        processes (dev.gearshift:executors-processes:%1$s), \
                        redis (dev.gearshift:executors-redis:%1$s), \
                        threads (dev.gearshift:executors-threads:%1$s), \
                        virtual (dev.gearshift:executors-virtual:%1$s).
                        Looked with class loader %2$s. In a shaded jar, check that META-INF/services files are merged.
                        See docs/strategy-selection.md#unknown-name""", VERSION, OWN_LOADER);
    }

    @Test
    void unknownNameLikeNoOther() throws Exception {
        ProviderFolder both =
                ProviderFolder.of(temp.resolve("both"), "Threads", "threads").with("Virtual", "virtual");

        assertThat(Application.of(both).refusal(() -> ConcurrencyStrategies.choose("hadoop")))
                .hasMessage("""
                        No ConcurrencyStrategy is called "hadoop".
                        On the classpath: sequential, threads, virtual. \
                        Not on the classpath: async (dev.gearshift:executors-async:%1$s), \
                        processes (dev.gearshift:executors-processes:%1$s), \
                        redis (dev.gearshift:executors-redis:%1$s).
                        %2$s
                        See docs/strategy-selection.md#unknown-name""", VERSION, Application.LOOKED);
    }

    @Test
    void unusable() throws Exception {
        ProviderFolder future = ProviderFolder.of(temp.resolve("future"), "Future", "future", NEEDS_JAVA_99);

        StrategySelectionException refusal =
                Application.of(future).refusal(() -> ConcurrencyStrategies.choose("future"));

        assertThat(refusal).hasMessage("""
                        ConcurrencyStrategy "future" (executors-future 1.2.3, %s) cannot run here: it needs Java 99.
                        Choose one that can:
                        - sequential (executors-spi %s, %s)
                        See docs/strategy-selection.md#unusable""", future.location(), VERSION, SPI_CLASSES);
        assertThat(refusal.requested()).hasValue("future");
    }

    @Test
    void unusableAndTheOnlyOne() throws Exception {
        ProviderFolder future = ProviderFolder.of(temp.resolve("future"), "Future", "future", NEEDS_JAVA_99);

        StrategySelectionException refusal = Application.of(future).refusal(ConcurrencyStrategies::choose);

        assertThat(refusal).hasMessage("""
                        ConcurrencyStrategy "future" (executors-future 1.2.3, %s) cannot run here: it needs Java 99.
                        Choose one that can:
                        - sequential (executors-spi %s, %s)
                        See docs/strategy-selection.md#unusable""", future.location(), VERSION, SPI_CLASSES);
        assertThat(refusal.requested()).isEmpty();
    }

    @Test
    @SetSystemProperty(key = "gearshift.strategy", value = "future")
    void unusableSaysWhoAsked() throws Exception {
        ProviderFolder future = ProviderFolder.of(temp.resolve("future"), "Future", "future", NEEDS_JAVA_99)
                .with("Threads", "threads");

        assertThat(Application.of(future).refusal(ConcurrencyStrategies::choose))
                .hasMessage("""
                        ConcurrencyStrategy "future" (executors-future 1.2.3, %1$s), \
                        asked for by -Dgearshift.strategy, cannot run here: it needs Java 99.
                        Choose one that can:
                        - sequential (executors-spi %2$s, %3$s)
                        - threads    (executors-threads 1.2.3, %1$s)
                        See docs/strategy-selection.md#unusable""", future.location(), VERSION, SPI_CLASSES);
    }

    @Test
    void unusableWhenOpened() {
        ConcurrencyStrategy strategy = new BareStrategy("future", Set.of(), Optional.of("it needs Java 99"));

        assertThat(SelectionMessages.unusable(strategy, "it needs Java 99")).isEqualTo("""
                ConcurrencyStrategy "future" cannot run here: it needs Java 99.
                See docs/strategy-selection.md#unusable""");
    }

    @Test
    void sameIdNamed() throws Exception {
        assertSameId(() -> ConcurrencyStrategies.choose("threads"), Optional.of("threads"));
    }

    @Test
    void sameIdFound() throws Exception {
        assertSameId(ConcurrencyStrategies::choose, Optional.empty());
    }

    private void assertSameId(Callable<?> choice, Optional<String> requested) throws Exception {
        ProviderFolder one = ProviderFolder.of(temp.resolve("one"), "Threads", "threads");
        ProviderFolder two = ProviderFolder.of(temp.resolve("two"), "OtherThreads", "threads");

        StrategySelectionException refusal = Application.of(one, two).refusal(choice);

        assertThat(refusal).hasMessage("""
                        2 ConcurrencyStrategies have the id "threads": \
                        sample.OtherThreads (%s), sample.Threads (%s). \
                        Ids must be unique: keep one of them on the classpath.
                        See docs/strategy-selection.md#same-id""", two.location(), one.location());
        assertThat(refusal.requested()).isEqualTo(requested);
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }
}
