/** The strategy {@code threads}. */
@NullMarked
package dev.gearshift.executors.threads;

import org.jspecify.annotations.NullMarked;
