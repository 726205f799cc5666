/** What every strategy promises, as JUnit tests that any strategy can be held to. */
@NullMarked
package dev.gearshift.executors.testkit;

import org.jspecify.annotations.NullMarked;
