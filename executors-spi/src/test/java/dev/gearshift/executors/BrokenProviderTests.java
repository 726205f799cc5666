package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.ClearSystemProperty;

/** Providers that do not load are reported, and harm none of the others. */
@Timeout(60)
@ClearSystemProperty(key = "gearshift.strategy")
class BrokenProviderTests {
    private static final String VERSION = KnownStrategies.SPI.version();

    private static final String THROWING =
            "Provider sample.Throwing could not be instantiated; caused by java.lang.IllegalStateException: no licence";
    private static final String ABSENT = "Provider sample.Absent not found";
    private static final String LAZY = "Provider sample.Lazy could not be instantiated;"
            + " caused by java.lang.NoClassDefFoundError: sample/Library;"
            + " caused by java.lang.ClassNotFoundException: sample.Library";
    private static final String ORPHAN = "java.lang.NoClassDefFoundError: sample/SampleOrphan;"
            + " caused by java.lang.ClassNotFoundException: sample.SampleOrphan";
    private static final String TOO_NEW = "java.lang.UnsupportedClassVersionError: sample/TooNew has been compiled by"
            + " a more recent version of the Java Runtime (class file version 99.0), this version of the Java Runtime"
            + " only recognizes class file versions up to " + System.getProperty("java.class.version");
    private static final String NOT_ONE = "sample.NotOne not a subtype";
    private static final String MUTE = "Provider sample.Mute cannot say what it is;"
            + " caused by java.lang.IllegalStateException: sample.Mute has no resource"
            + " /META-INF/gearshift/nowhere.properties beside it: the build of nowhere must write it.";
    private static final String NAMELESS =
            "Provider sample.Nameless cannot say what it is; caused by java.lang.NullPointerException: id";

    @TempDir
    Path temp;

    private ProviderFolder broken;

    @BeforeEach
    void breakThemAll() throws Exception {
        broken = ProviderFolder.at(temp.resolve("broken"))
                .with("Throwing", "throwing", "public Throwing() { throw new IllegalStateException(\"no licence\"); }")
                .listed("Absent")
                .javaFile("Library", "public class Library { public static void touch() {} }")
                .with("Lazy", "lazy", "public Lazy() { Library.touch(); }")
                .without("Library")
                .with("Orphan", "orphan")
                .without("SampleOrphan")
                .with("TooNew", "too-new")
                .compiledFor("TooNew", 99)
                .javaFile("NotOne", "public class NotOne {}")
                .listed("NotOne")
                .with(
                        "Mute",
                        "mute",
                        "@Override public Artifact artifact() { return Artifact.of(getClass(), \"nowhere\"); }")
                .with("Nameless", "nameless", "@Override public String id() { return null; }");
    }

    @Test
    void eachIsReportedInTheOrderOfTheServiceFile() throws Exception {
        InstalledStrategies installed = Application.of(broken).run(ConcurrencyStrategies::installed);

        assertThat(installed.failures())
                .containsExactly(THROWING, ABSENT, LAZY, ORPHAN, TOO_NEW, NOT_ONE, MUTE, NAMELESS);
        assertThat(installed.strategies())
                .extracting(found -> found.strategy().id())
                .containsExactly("sequential");
    }

    @Test
    void theOthersGoOnWhetherTheyComeBeforeOrAfter() throws Exception {
        ProviderFolder threads = ProviderFolder.of(temp.resolve("threads"), "Threads", "threads");
        broken.with("Last", "last");

        assertThat(Application.of(broken, threads)
                        .run(ConcurrencyStrategies::installed)
                        .strategies())
                .extracting(found -> found.strategy().id())
                .containsExactly("last", "sequential", "threads");
        assertThat(Application.of(threads, broken)
                        .run(ConcurrencyStrategies::installed)
                        .strategies())
                .extracting(found -> found.strategy().id())
                .containsExactly("last", "sequential", "threads");
    }

    @Test
    void noneFoundListsThem() throws Exception {
        assertThat(Application.of(broken).refusal(ConcurrencyStrategies::choose))
                .hasMessage("""
                        No ConcurrencyStrategy on the classpath. Add one of these as a runtime dependency:
                        - async      dev.gearshift:executors-async:%1$s  many tasks in flight on few threads in this JVM
                        - processes  dev.gearshift:executors-processes:%1$s  a pool of child JVMs
                        - redis      dev.gearshift:executors-redis:%1$s  workers on any number of machines, by a queue in Redis
                        - threads    dev.gearshift:executors-threads:%1$s  platform threads in this JVM
                        - virtual    dev.gearshift:executors-virtual:%1$s  virtual threads in this JVM (Java 21 or later)
                        Or choose "sequential" by name: it is always there.
                        Found, but could not be loaded:
                        - %2$s
                        %3$s
                        See docs/strategy-selection.md#none-found""", VERSION, allFailures(), Application.LOOKED);
    }

    @Test
    void severalFoundListsThem() throws Exception {
        broken.with("Threads", "threads").with("Virtual", "virtual");

        assertThat(Application.of(broken).refusal(ConcurrencyStrategies::choose))
                .hasMessage("""
                        2 ConcurrencyStrategies on the classpath and none chosen:
                        - threads    (executors-threads 1.2.3, %1$s)
                        - virtual    (executors-virtual 1.2.3, %1$s)
                        Found, but could not be loaded:
                        - %2$s
                        Choose one: ConcurrencyStrategies.choose("threads"), \
                        or -Dgearshift.strategy=threads, or GEARSHIFT_STRATEGY=threads;
                        or keep only one artifact on the classpath.
                        See docs/strategy-selection.md#several-found""", broken.location(), allFailures());
    }

    @Test
    void namedMissingListsThem() throws Exception {
        assertThat(Application.of(broken).refusal(() -> ConcurrencyStrategies.choose("threads")))
                .hasMessage(
                        """
                        ConcurrencyStrategy "threads" was asked for but is not on the classpath.
                        Add it:  <dependency><groupId>dev.gearshift</groupId><artifactId>executors-threads</artifactId>\
                        <version>%1$s</version></dependency>
                        Or use one that is here:
                        - sequential (executors-spi %1$s, %2$s)
                        Found, but could not be loaded:
                        - %3$s
                        %4$s
                        See docs/strategy-selection.md#named-missing""",
                        VERSION,
                        ProviderFolder.folderOf(ConcurrencyStrategy.class)
                                .toUri()
                                .toURL(),
                        allFailures(),
                        Application.LOOKED);
    }

    @Test
    void unknownNameListsThem() throws Exception {
        assertThat(Application.of(broken).refusal(() -> ConcurrencyStrategies.choose("orphan")))
                .hasMessage("""
                        No ConcurrencyStrategy is called "orphan".
                        On the classpath: sequential. \
                        Not on the classpath: async (dev.gearshift:executors-async:%1$s), \
                        processes (dev.gearshift:executors-processes:%1$s), \
                        redis (dev.gearshift:executors-redis:%1$s), \
                        threads (dev.gearshift:executors-threads:%1$s), \
                        virtual (dev.gearshift:executors-virtual:%1$s).
                        Found, but could not be loaded:
                        - %2$s
                        %3$s
                        See docs/strategy-selection.md#unknown-name""", VERSION, allFailures(), Application.LOOKED);
    }

    private static String allFailures() {
        return String.join("\n- ", THROWING, ABSENT, LAZY, ORPHAN, TOO_NEW, NOT_ONE, MUTE, NAMELESS);
    }
}
