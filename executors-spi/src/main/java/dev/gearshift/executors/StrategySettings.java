package dev.gearshift.executors;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an executor is opened with. What is set in code wins over the system property, that over the environment
 * variable, and that over the strategy's default.
 *
 * @param parallelism how many tasks may run at once, 1 or more; empty for the strategy's default
 * @param checkPortable whether strategies that stay in this JVM refuse tasks that could not leave it
 * @param required what the strategy must be able to do
 * @param listeners who hears what becomes of the tasks
 */
public record StrategySettings(
        OptionalInt parallelism, boolean checkPortable, Set<Capability> required, List<TaskListener> listeners) {

    /** Checks the ranges. */
    public StrategySettings {
        if (parallelism.isPresent() && parallelism.getAsInt() < 1) {
            throw new IllegalArgumentException("parallelism must be 1 or more, but is " + parallelism.getAsInt() + ".");
        }
        required = Set.copyOf(required);
        listeners = List.copyOf(listeners);
    }

    /**
     * What the system properties and the environment say: {@code gearshift.parallelism} ({@code GEARSHIFT_PARALLELISM})
     * and {@code gearshift.checkPortable} ({@code GEARSHIFT_CHECK_PORTABLE}).
     *
     * @throws IllegalArgumentException if one of them is malformed; the message names it
     */
    public static StrategySettings defaults() {
        Optional<SystemSettings> parallelism = SystemSettings.read(SystemSettings.PARALLELISM);
        return new StrategySettings(
                parallelism.isPresent() ? OptionalInt.of(parallelism.get().positiveInt()) : OptionalInt.empty(),
                SystemSettings.read(SystemSettings.CHECK_PORTABLE)
                        .map(SystemSettings::bool)
                        .orElse(false),
                Set.of(),
                List.of());
    }

    /** The same with that many tasks at once. */
    public StrategySettings withParallelism(int parallelism) {
        return new StrategySettings(OptionalInt.of(parallelism), checkPortable, required, listeners);
    }

    /** The same with or without the check. */
    public StrategySettings withCheckPortable(boolean checkPortable) {
        return new StrategySettings(parallelism, checkPortable, required, listeners);
    }

    /** The same, requiring these too. */
    public StrategySettings requiring(Capability... capabilities) {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(required);
        all.addAll(List.of(capabilities));
        return new StrategySettings(parallelism, checkPortable, all, listeners);
    }

    /** The same with one more listener. */
    public StrategySettings withListener(TaskListener listener) {
        List<TaskListener> all = new ArrayList<>(listeners);
        all.add(listener);
        return new StrategySettings(parallelism, checkPortable, required, all);
    }

    /**
     * For strategies, first thing in {@code open}.
     *
     * @throws MissingCapabilityException if the strategy lacks what is required
     * @throws IllegalStateException if the strategy cannot run here
     */
    public void checkFor(ConcurrencyStrategy strategy) {
        strategy.unavailableBecause().ifPresent(reason -> {
            throw new IllegalStateException(SelectionMessages.unusable(strategy, reason));
        });
        for (Capability capability : Capability.values()) {
            if (required.contains(capability) && !strategy.capabilities().contains(capability)) {
                throw new MissingCapabilityException(strategy.id(), capability);
            }
        }
    }

    /** For strategies: tells all listeners, and the flight recorder, of the tasks of one executor. */
    public Listeners listenersOf(ConcurrencyStrategy strategy) {
        return new Listeners(strategy.id(), listeners);
    }

    /**
     * For strategies: the check to ask before a task is accepted, or null if {@code checkPortable} is off.
     *
     * @throws IllegalStateException if it is on and no check is installed; the message names the artifact to add
     */
    public @Nullable PortabilityCheck portabilityCheck() {
        if (!checkPortable) {
            return null;
        }
        return ServiceLoader.load(PortabilityCheck.class)
                .findFirst()
                .or(() -> ServiceLoader.load(PortabilityCheck.class, StrategySettings.class.getClassLoader())
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException(SelectionMessages.noPortabilityCheck()));
    }
}
