package dev.gearshift.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;

/** The arrows of ARCHITECTURE.md, and the habits that the code keeps. Each exception is named. */
@AnalyzeClasses(packages = "dev.gearshift", importOptions = DoNotIncludeTests.class)
final class ArchitectureTests {
    private static final String CONTRACT = "dev.gearshift.executors";
    private static final String LOCAL = "dev.gearshift.executors.local";
    private static final String WIRE = "dev.gearshift.executors.wire";

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.gearshift.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theContractDependsOnNothing = onlyOurs(CONTRACT, CONTRACT);

    @ArchTest
    static final ArchRule theLocalExecutorKnowsTheContract = onlyOurs(LOCAL, CONTRACT, LOCAL);

    @ArchTest
    static final ArchRule asyncKnowsNoOtherStrategy =
            onlyOurs("dev.gearshift.executors.async..", CONTRACT, LOCAL, "dev.gearshift.executors.async..");

    @ArchTest
    static final ArchRule processesKnowTheWireAndNoOtherStrategy = onlyOurs(
            "dev.gearshift.executors.processes..", CONTRACT, LOCAL, WIRE, "dev.gearshift.executors.processes..");

    @ArchTest
    static final ArchRule theWireKnowsTheContract = onlyOurs(WIRE, CONTRACT, WIRE);

    @ArchTest
    static final ArchRule threadsKnowsNoOtherStrategy =
            onlyOurs("dev.gearshift.executors.threads..", CONTRACT, LOCAL, "dev.gearshift.executors.threads..");

    @ArchTest
    static final ArchRule virtualKnowsNoOtherStrategy =
            onlyOurs("dev.gearshift.executors.virtual..", CONTRACT, LOCAL, "dev.gearshift.executors.virtual..");

    @ArchTest
    static final ArchRule theClientKnowsNothingOfExecutors = onlyOurs(
            "dev.gearshift.imgur", "dev.gearshift.imgur", "dev.gearshift.imgur.model", "dev.gearshift.imgur.internal");

    @ArchTest
    static final ArchRule theSimulatorStandsAlone =
            onlyOurs("dev.gearshift.imgur.simulator..", "dev.gearshift.imgur.simulator..");

    @ArchTest
    static final ArchRule tasksKnowTheContractAndTheClient = onlyOurs(
            "dev.gearshift.images..",
            CONTRACT,
            "dev.gearshift.imgur",
            "dev.gearshift.imgur.model",
            "dev.gearshift.images..");

    @ArchTest
    static final ArchRule theCommandKnowsNoStrategy = noClasses()
            .that()
            .resideInAPackage("dev.gearshift.cli..")
            .and(except(
                    // look after a queue, and not after tasks
                    "dev.gearshift.cli.RedisWorkerRun",
                    "dev.gearshift.cli.RedisQueueView",
                    "dev.gearshift.cli.ComparedRedis"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.gearshift.executors.*.."));

    @ArchTest
    static final ArchRule redisKnowsTheWireAndNoOtherStrategy =
            onlyOurs("dev.gearshift.executors.redis..", CONTRACT, LOCAL, WIRE, "dev.gearshift.executors.redis..");

    @ArchTest
    static final ArchRule thirdPartyFreeExecutors = noClasses()
            .that()
            .resideInAPackage("dev.gearshift.executors..")
            .and()
            .resideOutsideOfPackages(WIRE, "dev.gearshift.executors.redis..")
            .should()
            .dependOnClassesThat(
                    resideOutsideOfPackages("dev.gearshift.executors..", "java..", "jdk.jfr..", "org.jspecify.."));

    @ArchTest
    static final ArchRule theWireUsesAParserAndNoMore = noClasses()
            .that()
            .resideInAPackage(WIRE)
            .should()
            .dependOnClassesThat(resideOutsideOfPackages(
                    "dev.gearshift.executors..",
                    "java..",
                    "org.jspecify..",
                    "tools.jackson.core..",
                    "tools.jackson.dataformat.cbor.."));

    @ArchTest
    static final ArchRule guavaOnlyAboutImages = noClasses()
            .that()
            .resideOutsideOfPackages("dev.gearshift.images..", "dev.gearshift.imgur..", "dev.gearshift.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.common..");

    @ArchTest
    static final ArchRule noStandardStreams = noClasses()
            .that(except(
                    "dev.gearshift.imgur.simulator.SimulatorMain",
                    // forwards what workers print
                    "dev.gearshift.executors.processes.ChildProcess",
                    // takes the standard input, and prints its last words
                    "dev.gearshift.executors.processes.WorkerMain"))
            .and()
            .resideOutsideOfPackage("dev.gearshift.cli..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule settingsAreReadInOnePlace = noClasses()
            .that(except(
                    "dev.gearshift.executors.SystemSettings",
                    // IMGUR_CLIENT_ID
                    "dev.gearshift.imgur.ImgurClient",
                    // the Java it runs on
                    "dev.gearshift.imgur.internal.UserAgent",
                    // the class path of the JVM it starts
                    "dev.gearshift.imgur.simulator.ChildCommand",
                    "dev.gearshift.executors.processes.WorkerCommand",
                    // the Java that runs here
                    "dev.gearshift.executors.processes.ProcessSettings",
                    // the temporary folder
                    "dev.gearshift.executors.processes.PoolFolder",
                    // the programs that are installed
                    "dev.gearshift.executors.redis.PrivateRedis",
                    // the folder for caches, and what the JVM is
                    "dev.gearshift.executors.processes.ClassCache"))
            .and()
            .resideOutsideOfPackage("dev.gearshift.cli..")
            .should()
            .accessTargetWhere(readsSettings());

    @ArchTest
    static final ArchRule noSleeping = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule noVagueNames = classes()
            .should()
            .haveSimpleNameNotContaining("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");

    /** Of our own packages, classes of the first depend on the others only. */
    private static ArchRule onlyOurs(String from, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.gearshift..").and(resideOutsideOfPackages(allowed)));
    }

    private static DescribedPredicate<JavaClass> except(String... names) {
        Set<String> excepted = Set.of(names);
        return describe(
                "are not " + excepted,
                type -> excepted.stream()
                        .noneMatch(name ->
                                type.getName().equals(name) || type.getName().startsWith(name + "$")));
    }

    private static DescribedPredicate<JavaAccess<?>> readsSettings() {
        Set<String> readers = Set.of("getProperty", "getProperties", "getenv");
        return describe("reads system properties or the environment", access -> {
            AccessTarget target = access.getTarget();
            return target.getOwner().isEquivalentTo(System.class) && readers.contains(target.getName());
        });
    }
}
