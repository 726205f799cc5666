/** The {@code gearshift} command. */
@NullMarked
package dev.gearshift.cli;

import org.jspecify.annotations.NullMarked;
