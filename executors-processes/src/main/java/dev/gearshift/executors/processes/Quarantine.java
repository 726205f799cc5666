package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerLostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tasks have crashed their workers how often, by class and arguments; the latest thousand. Thread-safe. */
final class Quarantine {
    private static final int MOST = 1_000;

    private final int after;

    /** Guarded by itself. */
    private final Map<String, Crashes> crashes = new LinkedHashMap<>();

    private record Crashes(int times, WorkerLostException latest) {}

    Quarantine(int after) {
        this.after = after;
    }

    /** True if that was once too often. */
    boolean crashed(Errand errand, WorkerLostException how) {
        if (after == 0) {
            return false;
        }
        String key = key(errand);
        synchronized (crashes) {
            Crashes before = crashes.remove(key);
            int times = before == null ? 1 : before.times() + 1;
            crashes.put(key, new Crashes(times, how));
            if (crashes.size() > MOST) {
                crashes.remove(crashes.keySet().iterator().next());
            }
            return times >= after;
        }
    }

    /** It has ended well, so its crashes were not its own. */
    void succeeded(Errand errand) {
        if (!isEmpty()) {
            String key = key(errand);
            synchronized (crashes) {
                crashes.remove(key);
            }
        }
    }

    private boolean isEmpty() {
        synchronized (crashes) {
            return crashes.isEmpty();
        }
    }

    /** Why it is not to be run again; null if it may. */
    @Nullable
    QuarantineException refusal(Errand errand) {
        if (isEmpty()) {
            return null;
        }
        String key = key(errand);
        Crashes record;
        synchronized (crashes) {
            record = crashes.get(key);
        }
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
