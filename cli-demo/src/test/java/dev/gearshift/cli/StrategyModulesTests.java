package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.InstalledStrategy;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The strategies that messages advise to add are those that this build makes, and all of them are in the command. */
@Timeout(30)
final class StrategyModulesTests {
    private static final Path ROOT = Path.of(System.getProperty("gearshift.root", ".."));
    private static final Pattern ADVICE = Pattern.compile("(?m)^- (\\S+)\\s+dev\\.gearshift:([\\w-]+):");

    @Test
    void everyStrategyThatIsAdvisedIsAModuleThatProvidesOne() throws Exception {
        assertThat(advised().values()).isNotEmpty().isSubsetOf(providing());
    }

    @Test
    void everyModuleThatProvidesAStrategyIsAdvised() throws Exception {
        assertThat(providing()).isEqualTo(new TreeSet<>(advised().values()));
    }

    @Test
    void theCommandHasThemAllUnderTheNamesThatAreAdvised() throws Exception {
        Map<String, String> installed = ConcurrencyStrategies.installed().strategies().stream()
                .map(InstalledStrategy::strategy)
                .filter(strategy -> !strategy.id().equals("sequential"))
                .collect(Collectors.toMap(
                        ConcurrencyStrategy::id,
                        strategy -> strategy.artifact().artifactId(),
                        (one, other) -> one + " and " + other,
                        TreeMap::new));

        assertThat(installed).isEqualTo(advised());
    }

    /** Artifacts by id, as somebody reads them who has the contract alone. */
    private static Map<String, String> advised() throws Exception {
        URL contract = ConcurrencyStrategies.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {contract}, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(alone);
            Method choose =
                    alone.loadClass(ConcurrencyStrategies.class.getName()).getMethod("choose");
            InvocationTargetException refusal =
                    catchThrowableOfType(InvocationTargetException.class, () -> choose.invoke(null));
            Map<String, String> advised = new TreeMap<>();
            Matcher lines =
                    ADVICE.matcher(String.valueOf(refusal.getTargetException().getMessage()));
            while (lines.find()) {
                advised.put(lines.group(1), lines.group(2));
            }
            return advised;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The modules of this build with a provider, the contract's own aside. */
    private static Set<String> providing() throws IOException {
        String build = Files.readString(ROOT.resolve("pom.xml"));
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.filter(module -> Files.exists(module.resolve("src/main/resources/META-INF/services")
                            .resolve(ConcurrencyStrategy.class.getName())))
                    .map(module -> module.getFileName().toString())
                    .filter(module -> build.contains("<module>" + module + "</module>"))
                    .filter(module -> !module.equals("executors-spi"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
