package dev.gearshift.executors;

import dev.gearshift.executors.KnownStrategies.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of {@link StrategySelectionException} and its kin. First the fact, then what was found, then what to do as
 * text that can be pasted, last where it is explained.
 */
final class SelectionMessages {
    /** The headings of docs/strategy-selection.md that the texts end with. */
    enum Anchor {
        NONE_FOUND,
        SEVERAL_FOUND,
        NAMED_MISSING,
        UNKNOWN_NAME,
        UNUSABLE,
        SAME_ID,
        CAPABILITIES,
        CHECK_PORTABLE;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private SelectionMessages() {}

    static String noneFound(InstalledStrategies installed) {
        StringBuilder text = new StringBuilder(
                "No ConcurrencyStrategy on the classpath. Add one of these as a runtime dependency:\n");
        for (Known known : KnownStrategies.ALL) {
            if (!known.id().equals(KnownStrategies.SEQUENTIAL)) {
                text.append(String.format("- %-10s %s  %s\n", known.id(), known.artifact(), known.phrase()));
            }
        }
        text.append("Or choose \"sequential\" by name: it is always there.\n");
        appendFailures(text, installed);
        appendSearched(text, installed);
        return end(text, Anchor.NONE_FOUND);
    }

    static String severalFound(InstalledStrategies installed, List<InstalledStrategy> candidates) {
        String example = candidates.stream()
                .filter(InstalledStrategy::runsHere)
                .findFirst()
                .orElse(candidates.get(0))
                .strategy()
                .id();
        StringBuilder text = new StringBuilder()
                .append(candidates.size())
                .append(" ConcurrencyStrategies on the classpath and none chosen:\n");
        candidates.forEach(found -> appendFound(text, found));
        appendFailures(text, installed);
        text.append("Choose one: ConcurrencyStrategies.choose(\"")
                .append(example)
                .append("\"), or -D")
                .append(SystemSettings.STRATEGY)
                .append('=')
                .append(example)
                .append(", or ")
                .append(SystemSettings.variable(SystemSettings.STRATEGY))
                .append('=')
                .append(example)
                .append(";\nor keep only one artifact on the classpath.\n");
        return end(text, Anchor.SEVERAL_FOUND);
    }

    static String namedMissing(InstalledStrategies installed, Known known, @Nullable String said) {
        Artifact artifact = known.artifact();
        StringBuilder text = new StringBuilder("ConcurrencyStrategy \"" + known.id() + "\" was asked for"
                + (said == null ? "" : " by " + said) + " but is not on the classpath.\n");
        text.append("Add it:  <dependency><groupId>")
                .append(artifact.groupId())
                .append("</groupId><artifactId>")
                .append(artifact.artifactId())
                .append("</artifactId><version>")
                .append(artifact.version())
                .append("</version></dependency>\n");
        if (!installed.strategies().isEmpty()) {
            text.append("Or use one that is here:\n");
            installed.strategies().forEach(found -> appendFound(text, found));
        }
        appendFailures(text, installed);
        appendSearched(text, installed);
        return end(text, Anchor.NAMED_MISSING);
    }

    static String unknown(InstalledStrategies installed, String id, @Nullable String said) {
        Set<String> here = new TreeSet<>();
        installed.strategies().forEach(found -> here.add(found.strategy().id()));
        List<String> elsewhere = new ArrayList<>();
        for (Known known : KnownStrategies.ALL) {
            if (!here.contains(known.id())) {
                elsewhere.add(known.id() + " (" + known.artifact() + ")");
            }
        }
        StringBuilder text = new StringBuilder("No ConcurrencyStrategy is called \"" + id + "\""
                + (said == null ? "" : " (asked for by " + said + ")") + ".");
        Set<String> names = new TreeSet<>(here);
        KnownStrategies.ALL.forEach(known -> names.add(known.id()));
        String nearest = SimilarName.of(id, names);
        if (nearest != null) {
            text.append(" Did you mean \"").append(nearest).append("\"?");
        }
        text.append("\nOn the classpath: ").append(String.join(", ", here)).append('.');
        if (!elsewhere.isEmpty()) {
            text.append(" Not on the classpath: ")
                    .append(String.join(", ", elsewhere))
                    .append('.');
        }
        text.append('\n');
        appendFailures(text, installed);
        appendSearched(text, installed);
        return end(text, Anchor.UNKNOWN_NAME);
    }

    static String unusable(
            InstalledStrategies installed, InstalledStrategy found, String reason, @Nullable String said) {
        StringBuilder text = new StringBuilder("ConcurrencyStrategy \""
                + found.strategy().id() + "\" (" + origin(found) + ")"
                + (said == null ? "" : ", asked for by " + said + ",") + " cannot run here: " + reason + ".\n");
        List<InstalledStrategy> others = installed.strategies().stream()
                .filter(InstalledStrategy::runsHere)
                .toList();
        if (!others.isEmpty()) {
            text.append("Choose one that can:\n");
            others.forEach(other -> appendFound(text, other));
        }
        return end(text, Anchor.UNUSABLE);
    }

    static String unusable(ConcurrencyStrategy strategy, String reason) {
        return end(
                new StringBuilder("ConcurrencyStrategy \"" + strategy.id() + "\" cannot run here: " + reason + ".\n"),
                Anchor.UNUSABLE);
    }

    static String sameId(List<InstalledStrategy> found) {
        return end(
                new StringBuilder()
                        .append(found.size())
                        .append(" ConcurrencyStrategies have the id \"")
                        .append(found.get(0).strategy().id())
                        .append("\": ")
                        .append(found.stream()
                                .map(one -> one.strategy().getClass().getName() + " (" + one.origin() + ")")
                                .collect(Collectors.joining(", ")))
                        .append(". Ids must be unique: keep one of them on the classpath.\n"),
                Anchor.SAME_ID);
    }

    static String missingCapability(String strategyId, Capability capability) {
        Set<String> having = new TreeSet<>();
        KnownStrategies.ALL.stream()
                .filter(known -> known.capabilities().contains(capability))
                .forEach(known -> having.add(known.id() + " (" + known.artifact() + ")"));
        for (InstalledStrategy found : InstalledStrategies.find().strategies()) {
            if (found.strategy().capabilities().contains(capability)
                    && KnownStrategies.byId(found.strategy().id()).isEmpty()) {
                having.add(name(found.strategy()));
            }
        }
        return end(
                new StringBuilder("ConcurrencyStrategy \"" + strategyId + "\" does not have " + capability + " (\""
                        + capability.phrase() + "\"). "
                        + (having.isEmpty()
                                ? "No strategy of this version or on the classpath has it."
                                : "These have it: " + String.join(", ", having) + ".")
                        + "\n"),
                Anchor.CAPABILITIES);
    }

    static String noPortabilityCheck() {
        Artifact spi = KnownStrategies.SPI;
        return end(
                new StringBuilder(
                        SystemSettings.CHECK_PORTABLE + " is on, but nothing on the classpath can check tasks. Add "
                                + spi.groupId() + ":executors-wire:" + spi.version()
                                + " as a runtime dependency, or turn the setting off.\n"),
                Anchor.CHECK_PORTABLE);
    }

    /** A strategy in running text: {@code threads (executors-threads 1.0.0)}. */
    static String name(ConcurrencyStrategy strategy) {
        Artifact artifact = strategy.artifact();
        return strategy.id() + " (" + artifact.artifactId() + " " + artifact.version() + ")";
    }

    private static void appendFound(StringBuilder text, InstalledStrategy found) {
        text.append(String.format("- %-10s (%s)", found.strategy().id(), origin(found)));
        found.strategy()
                .unavailableBecause()
                .ifPresent(reason -> text.append(" cannot run here: ").append(reason));
        text.append('\n');
    }

    private static String origin(InstalledStrategy found) {
        Artifact artifact = found.strategy().artifact();
        return artifact.artifactId() + " " + artifact.version() + ", " + found.origin();
    }

    private static void appendFailures(StringBuilder text, InstalledStrategies installed) {
        if (!installed.failures().isEmpty()) {
            text.append("Found, but could not be loaded:\n");
            installed
                    .failures()
                    .forEach(failure -> text.append("- ").append(failure).append('\n'));
        }
    }

    private static void appendSearched(StringBuilder text, InstalledStrategies installed) {
        text.append("Looked with ")
                .append(installed.searched())
                .append(". In a shaded jar, check that META-INF/services files are merged.\n");
    }

    private static String end(StringBuilder text, Anchor anchor) {
        return text.append("See docs/strategy-selection.md#")
                .append(anchor.id())
                .toString();
    }
}
