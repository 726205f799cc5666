/** The strategy {@code processes}: a pool of child JVMs. */
@NullMarked
package dev.gearshift.executors.processes;

import org.jspecify.annotations.NullMarked;
