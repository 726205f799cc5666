/** The strategy {@code async}. */
@NullMarked
package dev.gearshift.executors.async;

import org.jspecify.annotations.NullMarked;
