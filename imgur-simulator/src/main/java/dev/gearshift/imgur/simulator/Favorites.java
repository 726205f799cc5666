package dev.gearshift.imgur.simulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What accounts have marked as favourites; the oldest of {@value #MAX} are forgotten. Thread-safe. */
final class Favorites {

    private static final int MAX = 10_000;

    private final Set<Mark> marks = new LinkedHashSet<>();

    private record Mark(Account account, String id) {}

    /** Marks it, or takes the mark away; says which. */
    synchronized boolean toggle(Account account, String id) {
        Mark mark = new Mark(account, id);
        if (marks.remove(mark)) {
            return false;
        }
        if (marks.size() == MAX) {
            marks.remove(marks.iterator().next());
        }
        return marks.add(mark);
    }

    synchronized boolean has(Account account, String id) {
        return marks.contains(new Mark(account, id));
    }

    /** Oldest first. */
    synchronized List<String> of(Account account) {
        List<String> ids = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark.account.equals(account)) {
                ids.add(mark.id);
            }
        }
        return ids;
    }
}
