package dev.gearshift.benchmarks.comparison;

/** What is measured: a row of a table. */
public interface Quantity {
    /** As programs that measure call it. */
    String name();

    /** As the table has it. */
    String label();

    /** Of its numbers. */
    String unit();
}
