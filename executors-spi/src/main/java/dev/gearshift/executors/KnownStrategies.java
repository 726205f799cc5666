package dev.gearshift.executors;

import static dev.gearshift.executors.Capability.DELAYS;
import static dev.gearshift.executors.Capability.DISTRIBUTED;
import static dev.gearshift.executors.Capability.HARD_TIMEOUT;
import static dev.gearshift.executors.Capability.ISOLATED;
import static dev.gearshift.executors.Capability.KILLS_RUNNING;
import static dev.gearshift.executors.Capability.NON_BLOCKING;
import static dev.gearshift.executors.Capability.QUEUES;
import static dev.gearshift.executors.Capability.RUNS_LAMBDAS;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The strategies of this release, by name only: so that messages can say what to add. */
final class KnownStrategies {
    static final String SEQUENTIAL = "sequential";

    /** Our own artifact; all of a release share its version. */
    static final Artifact SPI = Artifact.of(KnownStrategies.class, "executors-spi");

    static final List<Known> ALL = List.of(
            new Known(
                    SEQUENTIAL,
                    "executors-spi",
                    "one task at a time, on one thread in this JVM",
                    Set.of(RUNS_LAMBDAS, DELAYS)),
            new Known(
                    "async",
                    "executors-async",
                    "many tasks in flight on few threads in this JVM",
                    Set.of(RUNS_LAMBDAS, DELAYS, NON_BLOCKING)),
            new Known(
                    "processes",
                    "executors-processes",
                    "a pool of child JVMs",
                    Set.of(DELAYS, ISOLATED, HARD_TIMEOUT, KILLS_RUNNING)),
            new Known(
                    "redis",
                    "executors-redis",
                    "workers on any number of machines, by a queue in Redis",
                    Set.of(DELAYS, QUEUES, ISOLATED, DISTRIBUTED)),
            new Known("threads", "executors-threads", "platform threads in this JVM", Set.of(RUNS_LAMBDAS, DELAYS)),
            new Known(
                    "virtual",
                    "executors-virtual",
                    "virtual threads in this JVM (Java 21 or later)",
                    Set.of(RUNS_LAMBDAS, DELAYS)));

    private KnownStrategies() {}

    static Optional<Known> byId(String id) {
        return ALL.stream().filter(known -> known.id.equals(id)).findFirst();
    }

    record Known(String id, String artifactId, String phrase, Set<Capability> capabilities) {
        Artifact artifact() {
            return new Artifact(SPI.groupId(), artifactId, SPI.version());
        }
    }
}
