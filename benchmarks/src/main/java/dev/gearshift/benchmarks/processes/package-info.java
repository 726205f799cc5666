/** What the process pool costs, measured beside a raw socket and Python's pools. */
@NullMarked
package dev.gearshift.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
