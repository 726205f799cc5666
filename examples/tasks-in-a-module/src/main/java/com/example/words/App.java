package com.example.words;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.StrategySelectionException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts the words of a poem, each line a task; how they run is not its business. */
public final class App {
    private static final String POEM = """
            The time you won your town the race
            We chaired you through the market-place;
            Man and boy stood cheering by,
            And home we brought you shoulder-high.
            """;

    private App() {}

    private record CountWords(String line) implements Task<Map<String, Integer>> {
        private static final Pattern GAP = Pattern.compile("[^a-z-]+");

        @Override
        public Map<String, Integer> call() {
            return GAP.splitAsStream(line.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toMap(word -> word, word -> 1, Integer::sum));
        }
    }

    /** Prints the words that come more than once. */
    public static void main(String[] args) {
        try (TaskExecutor executor = ConcurrencyStrategies.choose().open()) {
            Map<String, Integer> words = new TreeMap<>();
            executor.map(POEM.lines().map(CountWords::new))
                    .forEach(counts -> counts.forEach((word, count) -> words.merge(word, count, Integer::sum)));
            words.values().removeIf(count -> count == 1);
            System.out.println(executor.snapshot().strategy() + ": " + words);
        } catch (StrategySelectionException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
