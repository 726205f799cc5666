/** The strategy {@code virtual}. */
@NullMarked
package dev.gearshift.executors.virtual;

import org.jspecify.annotations.NullMarked;
