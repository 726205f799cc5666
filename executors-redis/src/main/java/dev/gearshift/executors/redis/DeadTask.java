package dev.gearshift.executors.redis;

import java.time.Instant;

/**
 * A task that no worker runs any more.
 *
 * @param entry where it is among the dead, for {@link RedisQueue#retry} and {@link RedisQueue#drop}
 * @param id its id; empty if it had no proper one
 * @param task the name of its task; empty if it had none
 * @param bytes how long the task is
 * @param why what became of it
 * @param worker who gave it up
 * @param at when, by Redis's clock
 */
public record DeadTask(String entry, String id, String task, int bytes, String why, String worker, Instant at) {}
