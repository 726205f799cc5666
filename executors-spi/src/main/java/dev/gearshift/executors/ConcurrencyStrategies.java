package dev.gearshift.executors;

import dev.gearshift.executors.StrategyChoice.ChosenBy;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a strategy: the id that the program names; else the system property {@code gearshift.strategy}; else the
 * environment variable {@code GEARSHIFT_STRATEGY}; else the program's default; else the only one on the class path. An
 * id that cannot be met is an error, never a reason to take another. {@code sequential} is always there, and only taken
 * by name.
 */
public final class ConcurrencyStrategies {
    private static final System.Logger LOG = System.getLogger(ConcurrencyStrategies.class.getName());

    private ConcurrencyStrategies() {}

    /** What is on the class path, read anew. */
    public static InstalledStrategies installed() {
        return InstalledStrategies.find();
    }

    /**
     * Chooses by property, environment or the class path.
     *
     * @throws StrategySelectionException if none or several are there, or the named one cannot be used
     */
    public static StrategyChoice choose() {
        return choose(null, null);
    }

    /**
     * Chooses the strategy of that id.
     *
     * @throws StrategySelectionException if it is not on the class path or cannot run here
     */
    public static StrategyChoice choose(String id) {
        return choose(Objects.requireNonNull(id, "id"), null);
    }

    /**
     * Chooses by property or environment, else the one of that id if it can run here, else the only one on the class
     * path.
     *
     * @throws StrategySelectionException if none or several are there, or one that was named cannot be used
     */
    public static StrategyChoice chooseOr(String defaultId) {
        return choose(null, Objects.requireNonNull(defaultId, "defaultId"));
    }

    private static StrategyChoice choose(@Nullable String id, @Nullable String defaultId) {
        InstalledStrategies installed = installed();
        StrategyChoice choice = choose(installed, id, defaultId);
        installed
                .failures()
                .forEach(failure -> LOG.log(Level.WARNING, "A ConcurrencyStrategy could not be loaded: {0}", failure));
        LOG.log(
                Level.DEBUG,
                () -> "Using " + SelectionMessages.name(choice.strategy()) + ", chosen by " + choice.chosenBy()
                        + choice.said().map(said -> " (" + said + ")").orElse(""));
        return choice;
    }

    private static StrategyChoice choose(
            InstalledStrategies installed, @Nullable String id, @Nullable String defaultId) {
        if (id != null) {
            return new StrategyChoice(named(installed, id, null), ChosenBy.CALLER, Optional.empty());
        }
        Optional<SystemSettings> set = SystemSettings.read(SystemSettings.STRATEGY);
        if (set.isPresent()) {
            String said = set.get().from();
            return new StrategyChoice(
                    named(installed, set.get().value(), said),
                    said.startsWith("-D") ? ChosenBy.PROPERTY : ChosenBy.ENVIRONMENT,
                    Optional.of(said));
        }
        if (defaultId != null) {
            Optional<ConcurrencyStrategy> byDefault = installed
                    .byId(defaultId)
                    .filter(InstalledStrategy::runsHere)
                    .map(InstalledStrategy::strategy);
            if (byDefault.isPresent()) {
                return new StrategyChoice(byDefault.get(), ChosenBy.DEFAULT, Optional.empty());
            }
        }
        return new StrategyChoice(onlyOne(installed), ChosenBy.ONLY_ONE, Optional.empty());
    }

    private static ConcurrencyStrategy named(InstalledStrategies installed, String id, @Nullable String said) {
        List<InstalledStrategy> found = installed.allById(id);
        if (found.size() == 1) {
            return usable(installed, found.get(0), id, said);
        }
        String message;
        if (found.size() > 1) {
            message = SelectionMessages.sameId(found);
        } else if (KnownStrategies.byId(id).isPresent()) {
            message = SelectionMessages.namedMissing(
                    installed, KnownStrategies.byId(id).get(), said);
        } else {
            message = SelectionMessages.unknown(installed, id, said);
        }
        throw new StrategySelectionException(message, Optional.of(id), installed);
    }

    private static ConcurrencyStrategy onlyOne(InstalledStrategies installed) {
        List<InstalledStrategy> candidates = installed.strategies().stream()
                .filter(found -> !found.strategy().id().equals(KnownStrategies.SEQUENTIAL))
                .toList();
        if (candidates.isEmpty()) {
            throw new StrategySelectionException(SelectionMessages.noneFound(installed), Optional.empty(), installed);
        }
        if (candidates.size() > 1) {
            boolean sameId = candidates.stream()
                            .map(found -> found.strategy().id())
                            .distinct()
                            .count()
                    == 1;
            String message = sameId
                    ? SelectionMessages.sameId(candidates)
                    : SelectionMessages.severalFound(installed, candidates);
            throw new StrategySelectionException(message, Optional.empty(), installed);
        }
        return usable(installed, candidates.get(0), null, null);
    }

    private static ConcurrencyStrategy usable(
            InstalledStrategies installed, InstalledStrategy found, @Nullable String requested, @Nullable String said) {
        ConcurrencyStrategy strategy = found.strategy();
        Optional<String> reason = strategy.unavailableBecause();
        if (reason.isPresent()) {
            throw new StrategySelectionException(
                    SelectionMessages.unusable(installed, found, reason.get(), said),
                    Optional.ofNullable(requested),
                    installed);
        }
        return strategy;
    }
}
