package dev.gearshift.executors.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes as much of a tree of throwables as is wanted: first the causes, of a long chain both ends, since the innermost
 * cause says most; then what they suppressed, from the outside in.
 *
 * @param <N> a throwable, as it is or as data
 */
abstract class Pruning<N> {
    private static final int LONGEST_CHAIN = 24;

    private int left;

    /** @param most how many throwables, 1 or more */
    Pruning(int most) {
        left = most;
    }

    /** The throwable and its causes, outermost first; it ends, whatever they are. */
    abstract List<N> chain(N outermost);

    abstract List<N> suppressed(N one);

    /** @param leftOut how many causes are missing right before this one */
    abstract Failure failure(N one, int leftOut, @Nullable Failure cause, List<Failure> suppressed);

    final Failure of(N outermost) {
        List<N> chain = chain(outermost);
        int taken = Math.min(chain.size(), Math.min(LONGEST_CHAIN, left));
        int leftOut = chain.size() - taken;
        int outer = taken - (taken + 1) / 3;
        List<N> ends = new ArrayList<>(chain.subList(0, outer));
        ends.addAll(chain.subList(outer + leftOut, chain.size()));
        left -= taken;
        List<List<Failure>> suppressed = new ArrayList<>();
        for (N one : ends) {
            suppressed.add(allOf(suppressed(one)));
        }
        Failure built = failure(ends.get(taken - 1), taken - 1 == outer ? leftOut : 0, null, suppressed.get(taken - 1));
        for (int i = taken - 2; i >= 0; i--) {
            built = failure(ends.get(i), i == outer ? leftOut : 0, built, suppressed.get(i));
        }
        return built;
    }

    private List<Failure> allOf(List<N> suppressed) {
        List<Failure> all = new ArrayList<>();
        for (N one : suppressed) {
            if (left == 0) {
                break;
            }
            all.add(of(one));
        }
        return all;
    }
}
