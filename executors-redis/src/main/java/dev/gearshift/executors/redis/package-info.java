/** The strategy {@code redis}: tasks wait in Redis and run on workers, on any number of machines. */
@NullMarked
package dev.gearshift.executors.redis;

import org.jspecify.annotations.NullMarked;
