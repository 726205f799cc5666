package dev.gearshift.executors.processes;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Processes, each with what it has started, and what that has started in turn. To find those, the system's list of all
 * processes is read: once for all that are asked for at once.
 */
final class Families {
    private Families() {}

    /** Ends them by force. First it is seen who belongs to whom: of one that is dead, nobody is a child. */
    static void end(List<Process> heads) {
        List<ProcessHandle> descendants = descendants(heads);
        heads.forEach(Process::destroyForcibly);
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** What they have started, which this JVM has started. */
    static List<ProcessHandle> descendants(List<Process> heads) {
        if (heads.isEmpty()) {
            return List.of();
        }
        if (heads.size() == 1) {
            return heads.get(0).descendants().toList();
        }
        Set<ProcessHandle> above = new HashSet<>();
        heads.forEach(head -> above.add(head.toHandle()));
        return ProcessHandle.current()
                .descendants()
                .filter(process -> isBelow(process, above))
                .toList();
    }

    private static boolean isBelow(ProcessHandle process, Set<ProcessHandle> above) {
        Optional<ProcessHandle> ancestor = process.parent();
        while (ancestor.isPresent() && !above.contains(ancestor.get())) {
            ancestor = ancestor.get().parent();
        }
        return ancestor.isPresent();
    }
}
