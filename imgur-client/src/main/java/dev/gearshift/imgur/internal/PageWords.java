package dev.gearshift.imgur.internal;

import com.google.common.base.Ascii;
import org.jspecify.annotations.Nullable;

/** What a web page says in a few words. Each character is looked at a few times at most, whatever the page is made of. */
public final class PageWords {
    private PageWords() {}

    /** The page's title; without one, all its text. */
    public static String of(String page) {
        String title = title(page);
        return (title == null ? textOf(page) : title).replaceAll("\\s+", " ").strip();
    }

    private static @Nullable String title(String page) {
        String lower = Ascii.toLowerCase(page);
        int tag = lower.indexOf("<title");
        int open = tag < 0 ? -1 : lower.indexOf('>', tag);
        int end = open < 0 ? -1 : lower.indexOf("</title>", open);
        return end < 0 ? null : page.substring(open + 1, end);
    }

    /** What is between tags. A tag that never ends is text. */
    private static String textOf(String page) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        int open = page.indexOf('<');
        while (open >= 0) {
            int close = page.indexOf('>', open);
            if (close < 0) {
                break;
            }
            text.append(page, from, open).append(' ');
            from = close + 1;
            open = page.indexOf('<', from);
        }
        return text.append(page, from, page.length()).toString();
    }
}
