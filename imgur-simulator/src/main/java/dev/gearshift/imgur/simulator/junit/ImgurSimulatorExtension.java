package dev.gearshift.imgur.simulator.junit;

import static java.util.Objects.requireNonNull;

import dev.gearshift.imgur.simulator.CreditLimits;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests a running {@link ImgurSimulator} wherever they have a parameter of that type, and closes it afterwards.
 *
 * <p>One that is asked for by a test, its {@code @BeforeEach} or its constructor is for that test alone. One that is
 * asked for by a {@code @BeforeAll} is for all tests of the class that want the same settings. Settings come from
 * {@link ImgurSimulation}, or from {@link #with}:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ImgurSimulatorExtension IMGUR =
 *         ImgurSimulatorExtension.with(SimulatorSettings.defaults().withImages(20).withOddLinks(true));
 * }</pre>
 *
 * <p>Thread-safe: tests may run at the same time.
 */
public final class ImgurSimulatorExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ImgurSimulatorExtension.class);

    private final @Nullable SimulatorSettings settings;

    /** For JUnit, on behalf of {@link ImgurSimulation}. */
    public ImgurSimulatorExtension() {
        this.settings = null;
    }

    private ImgurSimulatorExtension(SimulatorSettings settings) {
        this.settings = settings;
    }

    /**
     * With these settings, whatever annotations say.
     *
     * @param settings what to serve; with port 0, unless the tests run one at a time
     * @return an extension to register
     */
    public static ImgurSimulatorExtension with(SimulatorSettings settings) {
        return new ImgurSimulatorExtension(requireNonNull(settings, "settings"));
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ImgurSimulator.class;
    }

    @Override
    public ImgurSimulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The store closes what it holds, and looks into the stores around it first.
        return context.getStore(NAMESPACE)
                .computeIfAbsent(wanted(context), ImgurSimulator::start, ImgurSimulator.class);
    }

    private SimulatorSettings wanted(ExtensionContext context) {
        if (settings != null) {
            return settings;
        }
        return AnnotationSupport.findAnnotation(context.getTestMethod(), ImgurSimulation.class)
                .or(() -> onClass(context))
                .or(() -> AnnotationSupport.findAnnotation(Unsaid.class, ImgurSimulation.class))
                .map(ImgurSimulatorExtension::read)
                .orElseThrow();
    }

    private static Optional<ImgurSimulation> onClass(ExtensionContext context) {
        return context.getTestClass()
                .flatMap(type -> AnnotationSupport.findAnnotation(
                        type, ImgurSimulation.class, context.getEnclosingTestClasses()));
    }

    /** Says nothing, for classes that have {@code @ExtendWith} and no annotation. */
    @ImgurSimulation
    private static final class Unsaid {}

    private static SimulatorSettings read(ImgurSimulation simulation) {
        // The size first: many images must be small.
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withImageBytes(simulation.imageBytes())
                .withImages(simulation.images())
                .withSeed(simulation.seed())
                .withFaults(Faults.parse(simulation.faults()));
        return simulation.credits() == ImgurSimulation.IMGURS_LIMITS
                ? settings
                : settings.withCredits(CreditLimits.of(simulation.credits()));
    }
}
