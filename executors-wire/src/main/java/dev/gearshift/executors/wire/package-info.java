/**
 * A task, its result and its failure as bytes. {@link dev.gearshift.executors.wire.TaskWire} says for a class of tasks
 * what travels; {@link dev.gearshift.executors.wire.WireType} writes and reads the values of one type; {@link
 * dev.gearshift.executors.wire.Failure} is a throwable as data.
 */
@NullMarked
package dev.gearshift.executors.wire;

import org.jspecify.annotations.NullMarked;
