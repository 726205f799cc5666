/** How answers are read, retries timed and connections held; not exported. */
@NullMarked
package dev.gearshift.imgur.internal;

import org.jspecify.annotations.NullMarked;
