/** What the contract costs, measured beside the bare JDK. */
@NullMarked
package dev.gearshift.benchmarks;

import org.jspecify.annotations.NullMarked;
