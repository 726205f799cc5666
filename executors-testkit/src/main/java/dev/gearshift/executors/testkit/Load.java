package dev.gearshift.executors.testkit;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The repetitions of {@link UnderLoad}, and the threads that are busy in each. */
final class Load implements ClassTemplateInvocationContextProvider, BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Load.class);

    private static final class Busy extends Thread {
        private volatile boolean enough;

        Busy() {
            super("busy");
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!enough) {
                Thread.onSpinWait();
            }
        }
    }

    /** One of the repetitions; the first is 0. */
    private record Repetition(int number) implements ClassTemplateInvocationContext {
        @Override
        public void prepareInvocation(ExtensionContext context) {
            context.getStore(SPACE).put(Repetition.class, this);
        }
    }

    /** Which repetition a test belongs to; 0 for one that is not repeated. */
    static int repetition(ExtensionContext context) {
        return context.getStore(SPACE)
                .getOrDefault(Repetition.class, Repetition.class, new Repetition(0))
                .number();
    }

    private record Crowd(List<Busy> threads) {}

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        return IntStream.range(0, Integer.getInteger("gearshift.testkit.repetitions", 50))
                .mapToObj(Repetition::new);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        List<Busy> threads = List.of(new Busy(), new Busy());
        threads.forEach(Thread::start);
        context.getStore(SPACE).put("crowd", new Crowd(threads));
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        for (Busy thread : Objects.requireNonNull(context.getStore(SPACE).get("crowd", Crowd.class))
                .threads()) {
            thread.enough = true;
            thread.join();
        }
    }
}
