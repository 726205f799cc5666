package dev.gearshift.imgur.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** A script of faults being played. Thread-safe. */
final class FaultScript {

    /** Of more targets, those that came first are forgotten: for them the counting begins again. */
    private static final int MAX_TARGETS = 50_000;

    private static final double UNIT = 0x1p-53;

    private final Faults faults;
    private final AtomicIntegerArray left;
    private final Map<Long, Integer> asked = new LinkedHashMap<>();

    FaultScript(Faults faults) {
        this.faults = faults;
        List<Faults.Rule> rules = faults.rules();
        this.left = new AtomicIntegerArray(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            left.set(i, rules.get(i) instanceof Faults.Next next ? next.count() : 0);
        }
    }

    Faults faults() {
        return faults;
    }

    /** What goes wrong with this request; null where nothing does. */
    @Nullable
    Fault next(Request request) {
        if (faults.rules().isEmpty()) {
            return null;
        }
        long target = number(request.method() + request.path() + '?' + request.query());
        int times = timesAsked(target);
        for (int i = 0; i < faults.rules().size(); i++) {
            Faults.Rule rule = faults.rules().get(i);
            List<Fault> fitting = request.path().startsWith(rule.path())
                    ? rule.kinds().stream().filter(kind -> kind.fits(request)).toList()
                    : List.of();
            if (!fitting.isEmpty()) {
                long dice = SeedMix.mix(SeedMix.mix(faults.seed() + i, target), times);
                Fault fault = rule instanceof Faults.Share share
                        ? drawn(share, fitting, dice)
                        : inTurn((Faults.Next) rule, fitting, i);
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private synchronized int timesAsked(long target) {
        int times = asked.merge(target, 1, Integer::sum);
        if (asked.size() > MAX_TARGETS) {
            asked.remove(asked.keySet().iterator().next());
        }
        return times;
    }

    /** A number that stands for a text; that two share one is left out of account. */
    private static long number(String text) {
        long number = text.length();
        for (int i = 0; i < text.length(); i++) {
            number = SeedMix.mix(number, text.charAt(i));
        }
        return number;
    }

    private static @Nullable Fault drawn(Faults.Share rule, List<Fault> fitting, long dice) {
        if ((dice >>> 11) * UNIT >= rule.share()) {
            return null;
        }
        return fitting.get((int) Long.remainderUnsigned(SeedMix.mix(dice, 0), fitting.size()));
    }

    private @Nullable Fault inTurn(Faults.Next rule, List<Fault> fitting, int index) {
        int now = left.getAndUpdate(index, count -> Math.max(0, count - 1));
        return now == 0 ? null : fitting.get((rule.count() - now) % fitting.size());
    }
}
