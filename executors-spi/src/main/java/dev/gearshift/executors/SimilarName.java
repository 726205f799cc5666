package dev.gearshift.executors;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody probably meant. */
final class SimilarName {
    private SimilarName() {}

    /**
     * The nearest of the names, or null if none is near: within a third of the word's length, or 2 edits, whatever the
     * case of its letters, and with something in common.
     */
    static @Nullable String of(String word, Collection<String> names) {
        String lowerCase = word.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Math.max(2, word.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(lowerCase, name.toLowerCase(Locale.ROOT));
            if (distance < least && distance < Math.max(word.length(), name.length())) {
                least = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
