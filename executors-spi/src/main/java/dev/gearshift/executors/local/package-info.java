/**
 * The executor of the strategies that stay in this JVM: {@link dev.gearshift.executors.local.LocalTaskExecutor} keeps
 * the promises, and a strategy adds only the threads.
 */
@NullMarked
package dev.gearshift.executors.local;

import org.jspecify.annotations.NullMarked;
