/** What the side-by-side runs have in common: samples of figures, and tables of them. */
@NullMarked
package dev.gearshift.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
