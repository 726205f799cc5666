package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerLostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tasks have crashed their workers how often, by class and arguments; the latest thousand. Not thread-safe. */
final class Quarantine {
    private static final int MOST = 1_000;

    private final int after;
    private final Map<String, Crashes> crashes = new LinkedHashMap<>();

    private record Crashes(int times, WorkerLostException latest) {}

    Quarantine(int after) {
        this.after = after;
    }

    void crashed(Errand errand, WorkerLostException how) {
        if (after == 0) {
            return;
        }
        String key = key(errand);
        Crashes before = crashes.remove(key);
        crashes.put(key, new Crashes(before == null ? 1 : before.times() + 1, how));
        if (crashes.size() > MOST) {
            crashes.remove(crashes.keySet().iterator().next());
        }
    }

    /** Why it is not to be run again; null if it may. */
    @Nullable
    QuarantineException refusal(Errand errand) {
        Crashes record = crashes.isEmpty() ? null : crashes.get(key(errand));
        return record == null || record.times() < after
                ? null
                : new QuarantineException(
                        "Not started, " + errand + ": the same task has crashed its worker " + record.times()
                                + " times. Mend it, or set gearshift.processes.quarantineAfter higher (0 for never).",
                        record.latest());
    }

    private static String key(Errand errand) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(errand.bytes());
            return errand.taskClass() + " " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has it.
        }
    }
}
