package dev.gearshift.imgur;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * How far somebody is in a list of pages. The list may shift meanwhile: items that were pushed from one page to the next
 * are left out there. Only the latest are remembered, so that a list without end takes no memory without end. Used by one
 * thread at a time.
 */
final class PageWalk<T> {
    /** Far more than a page holds, and than a list shifts between two pages. */
    static final int REMEMBERED = 4096;

    /** Some lists are answered alike whichever page is asked for. */
    private static final int MOST_WITHOUT_NEWS = 3;

    private final Function<? super T, ?> identity;
    private final Set<Object> seen = new HashSet<>();
    private final Deque<Object> order = new ArrayDeque<>();
    private int page;
    private int withoutNews;
    private boolean over;

    PageWalk(int first, Function<? super T, ?> identity) {
        page = first;
        this.identity = identity;
    }

    int remembered() {
        return order.size();
    }

    boolean isOver() {
        return over;
    }

    int page() {
        return page;
    }

    /** What of the page just read was not there before. */
    List<T> news(List<T> items) {
        List<T> news = new ArrayList<>(items.size());
        for (T item : items) {
            Object id = identity.apply(item);
            if (seen.add(id)) {
                news.add(item);
                order.add(id);
                if (order.size() > REMEMBERED) {
                    seen.remove(order.remove());
                }
            }
        }
        withoutNews = news.isEmpty() ? withoutNews + 1 : 0;
        over = items.isEmpty() || withoutNews >= MOST_WITHOUT_NEWS || page == Integer.MAX_VALUE;
        page++;
        return news;
    }
}
