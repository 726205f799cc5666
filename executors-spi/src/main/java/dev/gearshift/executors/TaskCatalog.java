package dev.gearshift.executors;

import java.util.Map;

/**
 * The tasks of a module under names of their own. A service: strategies whose workers are other programs find a task by
 * its registered name, never by a class name that came from outside.
 */
public interface TaskCatalog {
    /**
     * The tasks by name. Names are stable across versions, unique among all catalogs of a program, and made of letters,
     * digits, dots and dashes.
     */
    Map<String, Class<? extends Task<?>>> tasks();
}
