/** A server that answers like Imgur, for tests, demos and work without a network. */
@NullMarked
package dev.gearshift.imgur.simulator;

import org.jspecify.annotations.NullMarked;
