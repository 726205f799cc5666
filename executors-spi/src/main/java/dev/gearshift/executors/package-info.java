/**
 * What callers and providers of strategies share: tasks, executors, their options and outcomes, and the choice of a
 * strategy.
 */
@NullMarked
package dev.gearshift.executors;

import org.jspecify.annotations.NullMarked;
