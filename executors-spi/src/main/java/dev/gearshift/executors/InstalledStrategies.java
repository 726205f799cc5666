package dev.gearshift.executors;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is on the class path.
 *
 * @param strategies those that loaded, sorted by id; {@code sequential} is always among them
 * @param failures why others did not load, one sentence each; they harm none of the rest
 * @param searched the class loaders that were asked, as messages name them
 */
public record InstalledStrategies(List<InstalledStrategy> strategies, List<String> failures, String searched) {
    /** Keeps copies. */
    public InstalledStrategies {
        strategies = List.copyOf(strategies);
        failures = List.copyOf(failures);
    }

    /** The strategy of that id, if there is exactly one. */
    public Optional<InstalledStrategy> byId(String id) {
        List<InstalledStrategy> found = allById(id);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    List<InstalledStrategy> allById(String id) {
        return strategies.stream()
                .filter(installed -> installed.strategy().id().equals(id))
                .toList();
    }

    /** Asks the thread's context loader, then the one of this module. */
    static InstalledStrategies find() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        ClassLoader context = ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
        ClassLoader own = InstalledStrategies.class.getClassLoader();
        TreeMap<String, InstalledStrategy> byClass = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        load(context, byClass, failures);
        if (own != context) {
            load(own, byClass, failures);
        }
        List<InstalledStrategy> sorted = new ArrayList<>(byClass.values());
        sorted.sort(Comparator.comparing(installed -> installed.strategy().id()));
        String searched = context == own
                ? "class loader " + name(own)
                : "class loaders " + name(context) + " (of the thread) and " + name(own) + " (of executors-spi)";
        return new InstalledStrategies(sorted, failures.stream().distinct().toList(), searched);
    }

    /**
     * A provider that fails comes out of {@code hasNext} (a class file too new for this Java) or of {@code next} (a
     * missing class, a throwing constructor); the iterator goes on after either. One that cannot say what it is fails
     * too. An iterator that stays broken ends the walk after a fair number of tries.
     */
    private static void load(ClassLoader loader, TreeMap<String, InstalledStrategy> byClass, List<String> failures) {
        Iterator<ConcurrencyStrategy> providers =
                ServiceLoader.load(ConcurrencyStrategy.class, loader).iterator();
        for (int failed = 0; failed < 100; ) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                ConcurrencyStrategy strategy = providers.next();
                String reason = failureToSpeak(strategy);
                if (reason == null) {
                    byClass.putIfAbsent(strategy.getClass().getName(), InstalledStrategy.of(strategy));
                } else {
                    failures.add(reason);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                failures.add(withCauses(e));
                failed++;
            }
        }
    }

    /** Messages ask every strategy for these: one that throws would spoil the message about another. */
    private static @Nullable String failureToSpeak(ConcurrencyStrategy strategy) {
        try {
            requireNonNull(strategy.id(), "id");
            requireNonNull(strategy.artifact(), "artifact");
            requireNonNull(strategy.capabilities(), "capabilities");
            requireNonNull(strategy.unavailableBecause(), "unavailableBecause");
            return null;
        } catch (RuntimeException | LinkageError e) {
            return "Provider " + strategy.getClass().getName() + " cannot say what it is; caused by " + withCauses(e);
        }
    }

    private static String withCauses(Throwable failure) {
        String service = ConcurrencyStrategy.class.getName() + ": ";
        StringBuilder reason = new StringBuilder(
                failure instanceof ServiceConfigurationError
                        ? String.valueOf(failure.getMessage()).replace(service, "")
                        : failure.toString());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reason.append("; caused by ").append(cause);
        }
        return reason.toString();
    }

    private static String name(ClassLoader loader) {
        String name = loader.getName();
        return name == null ? loader.toString() : name;
    }
}
