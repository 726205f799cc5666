/**
 * The conformance kit: what every strategy promises, as JUnit tests. A module proves its strategy by extending {@link
 * dev.gearshift.executors.testkit.StrategyContract}.
 */
module dev.gearshift.executors.testkit {
    requires transitive dev.gearshift.executors.spi;
    requires java.management;
    requires jdk.management;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires org.assertj.core;
    requires static org.jspecify;

    exports dev.gearshift.executors.testkit;

    opens dev.gearshift.executors.testkit;
}
