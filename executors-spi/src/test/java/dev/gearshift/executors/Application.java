package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Some folders as a class path: their loader is the thread's context loader as long as a call lasts. */
final class Application {
    /** What messages say of its class loaders, and of how providers get lost. */
    static final String LOOKED = "Looked with class loaders plugins (of the thread) and "
            + ConcurrencyStrategy.class.getClassLoader().getName()
            + " (of executors-spi). In a shaded jar, check that META-INF/services files are merged.";

    private final ProviderFolder[] folders;

    private Application(ProviderFolder... folders) {
        this.folders = folders;
    }

    static Application of(ProviderFolder... folders) {
        return new Application(folders);
    }

    <T> T run(Callable<T> body) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader("plugins", urls(), Application.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            return body.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The exception that the choice ends in. */
    StrategySelectionException refusal(Callable<?> choice) throws Exception {
        return run(() -> refusalHere(choice::call));
    }

    /** The same on this test's own class path, where {@code sequential} is alone. */
    static StrategySelectionException refusalHere(ThrowingCallable choice) {
        return assertThatExceptionOfType(StrategySelectionException.class)
                .isThrownBy(choice)
                .actual();
    }

    private URL[] urls() throws IOException {
        URL[] urls = new URL[folders.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = folders[i].url();
        }
        return urls;
    }
}
