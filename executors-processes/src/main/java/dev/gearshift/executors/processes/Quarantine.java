package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.wire.Parcel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tasks have crashed their workers how often, by class and arguments; the latest hundred. Thread-safe. */
final class Quarantine {
    private static final int MOST = 100;

    private final int after;

    /** Guarded by itself. */
    private final Map<String, Record> crashes = new LinkedHashMap<>();

    /** As it was when it was last changed; asked for each task, twice. */
    private volatile boolean isEmpty = true;

    /** How often the same task has crashed its worker, and how lately. */
    record Record(int times, WorkerLostException latest) {
        /** Why an equal one is not run. */
        QuarantineException refusal(Errand errand) {
            return new QuarantineException(
                    "Not started, " + errand + ": the same task has crashed its worker " + times
                            + " times. Mend it, or set gearshift.processes.quarantineAfter higher (0 for never).",
                    latest);
        }
    }

    Quarantine(int after) {
        this.after = after;
    }

    /** Null if it may be run again. */
    @Nullable
    Record crashed(Errand errand, WorkerLostException how) {
        if (after == 0) {
            return null;
        }
        String key = key(errand);
        synchronized (crashes) {
            Record before = crashes.remove(key);
            isEmpty = false;
            Record now = new Record(before == null ? 1 : before.times() + 1, how);
            crashes.put(key, now);
            if (crashes.size() > MOST) {
                crashes.remove(crashes.keySet().iterator().next());
            }
            return now.times() < after ? null : now;
        }
    }

    /** It has ended well, so its crashes were not its own. */
    void succeeded(Errand errand) {
        if (!isEmpty) {
            String key = key(errand);
            synchronized (crashes) {
                crashes.remove(key);
                isEmpty = crashes.isEmpty();
            }
        }
    }

    /** Why it is not to be run again; null if it may. */
    @Nullable
    QuarantineException refusal(Errand errand) {
        if (isEmpty) {
            return null;
        }
        String key = key(errand);
        Record record;
        synchronized (crashes) {
            record = crashes.get(key);
        }
        return record == null || record.times() < after ? null : record.refusal(errand);
    }

    private static String key(Errand errand) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Parcel parcel = errand.parcel();
            parcel.arrays().forEach(digest::update);
            return errand.taskClass() + " " + HexFormat.of().formatHex(digest.digest(parcel.document()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has it.
        }
    }
}
