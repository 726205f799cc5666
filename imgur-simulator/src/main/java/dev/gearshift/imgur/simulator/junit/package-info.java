/** The simulator in tests with JUnit 6, which the module works without. */
@NullMarked
package dev.gearshift.imgur.simulator.junit;

import org.jspecify.annotations.NullMarked;
