package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.RemoteTaskException;
import dev.gearshift.executors.Task;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Throwables as data, and back. */
@Timeout(60)
class FailureTests {
    private static final TaskWire FETCH = TaskWire.of(Fetch.class);

    static final List<String> INITIALISED = new ArrayList<>();

    static Stream<Throwable> ofTheSameType() {
        return Stream.of(
                new IllegalStateException("text"),
                new IllegalStateException(),
                new IllegalStateException((String) null),
                new IllegalStateException("text", new ArithmeticException("cause")),
                new IllegalStateException(new ArithmeticException("cause")),
                new FileNotFoundException("gone.txt"),
                new UncheckedIOException("text", new FileNotFoundException("x")),
                new ExecutionException("text", new Error()),
                new TimeoutException("mine"),
                new AssertionError("text"),
                new AssertionError(),
                new StackOverflowError(),
                new OutOfMemoryError("Java heap space"),
                new InterruptedException(),
                new java.sql.SQLException("text"),
                new Gone("text"),
                new Gone.Forever("text"),
                new Busy(),
                new NotPortableException("text"));
    }

    @ParameterizedTest
    @MethodSource
    void ofTheSameType(Throwable thrown) {
        Throwable back = back(thrown);

        assertThat(back).isExactlyInstanceOf(thrown.getClass()).hasMessage(thrown.getMessage());
        if (thrown.getCause() == null) {
            assertThat(back).hasNoCause();
        } else {
            assertThat(back.getCause())
                    .isExactlyInstanceOf(thrown.getCause().getClass())
                    .hasMessage(thrown.getCause().getMessage());
        }
        assertThat(back).isNotSameAs(back(thrown));
    }

    static Stream<Throwable> remote() {
        return Stream.of(new Undeclared("text"), new Gone.Elsewhere("text"), new Decorated("text"), new Code(7));
    }

    @ParameterizedTest
    @MethodSource
    void remote(Throwable thrown) {
        thrown.initCause(new Undeclared("deep"));
        thrown.addSuppressed(new IllegalStateException("aside"));

        Throwable back = back(thrown);

        assertThat(back)
                .isExactlyInstanceOf(RemoteTaskException.class)
                .hasMessage(thrown.getClass().getName() + ": " + thrown.getMessage() + " (in worker-3)");
        assertThat(((RemoteTaskException) back).remoteClassName())
                .isEqualTo(thrown.getClass().getName());
        assertThat(((RemoteTaskException) back).remoteMessage()).isEqualTo(thrown.getMessage());
        assertThat(back.getCause()).isInstanceOf(RemoteTaskException.class);
        assertThat(back.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void frames_showWhereTheyAreFrom() {
        StringWriter text = new StringWriter();
        back(new FileNotFoundException("gone.txt")).printStackTrace(new PrintWriter(text));

        assertThat(text.toString())
                .startsWith("java.io.FileNotFoundException: gone.txt")
                .contains("\tat worker-3//" + FailureTests.class.getName()
                        + ".frames_showWhereTheyAreFrom(FailureTests.java:")
                .contains("\tat worker-3/java.base@");
    }

    @Test
    void aFailureThatWasRemoteAlready_staysWhatItWas() {
        RemoteTaskException first = new RemoteTaskException("com.example.Gone", "text", "worker-1", null);

        assertThat(back(first))
                .isExactlyInstanceOf(RemoteTaskException.class)
                .hasMessage("com.example.Gone: text (in worker-3)");
    }

    @Test
    void circularCauses_end() {
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second", first);
        first.initCause(second);
        second.addSuppressed(first);

        assertThat(back(first)).hasMessage("first").cause().hasMessage("second");
        assertThat(back(first))
                .cause()
                .cause()
                .hasMessage("[seen before] first")
                .hasNoCause();
    }

    @Test
    void longChains_areCut() {
        Exception chain = new IOException("0");
        for (int i = 1; i < 10_000; i++) {
            chain = new IOException(Integer.toString(i), chain);
            for (int s = 0; s < 3; s++) {
                chain.addSuppressed(new IOException("aside", new IOException("deep")));
            }
        }

        assertThat(back(chain)).hasMessage("9999").cause().hasMessage("9998");
        assertThat(Failure.of(chain).encode(WireLimits.DEFAULT).length).isLessThan(4 << 20);
    }

    @Test
    void hugeMessages_areCut() {
        assertThat(back(new IllegalStateException("x".repeat(10_000_000))).getMessage())
                .hasSizeLessThan(66_000)
                .endsWith("xx… [9934464 more]");
    }

    @Test
    void aFailure_fitsIntoAnyLimit() {
        Throwable deep = new IllegalStateException("x".repeat(100_000), new IllegalStateException("y".repeat(100_000)));
        for (int limit : new int[] {200_000, 50_000, 5_000, 500, 300}) {
            byte[] bytes = Failure.of(deep).encode(new WireLimits(limit, 100));
            assertThat(bytes).hasSizeLessThanOrEqualTo(limit);
            assertThat(Failure.decode(ByteBuffer.wrap(bytes), WireLimits.DEFAULT)
                            .className())
                    .isEqualTo(IllegalStateException.class.getName());
        }
    }

    @Test
    void aThrowableThatAnswersNothing_isStillAFailure() {
        assertThat(back(new Mute()))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessage(Mute.class.getName()
                        + ": [its message could not be had: java.lang.UnsupportedOperationException] (in worker-3)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.gearshift.executors.wire.FailureTests$Trap",
                "java.lang.String",
                "java.lang.Runtime",
                "java.lang.ClassLoader",
                "java.nope.Exception",
                "java.",
                "java.lang.Throwable[]",
                "[Ljava.lang.Throwable;",
                "java/lang/Exception",
                "",
                "../../x",
                "javax.naming.NamingException",
                "sun.misc.Unsafe",
                "\u0000"
            })
    void hostileNames_loadNothing(String name) {
        Failure failure = new Failure(name, "text", List.of(), null, List.of());

        assertThat(failure.rebuild(FETCH, "worker-3")).isExactlyInstanceOf(RemoteTaskException.class);
        assertThat(INITIALISED).isEmpty();
    }

    @Test
    void aDeclaredClass_isNotInitialisedByNamingIt() {
        TaskWire wire = TaskWire.of(Lazy.class);
        assertThat(wire).hasToString("Lazy");
        assertThat(INITIALISED).doesNotContain("Late");
    }

    @Test
    void callAsync_namesExceptionsToo() {
        Failure failure = Failure.of(new Gone("text"));

        assertThat(failure.rebuild(TaskWire.of(Stage.class), "worker-3")).isExactlyInstanceOf(Gone.class);
    }

    private static Throwable back(Throwable thrown) {
        byte[] bytes = Failure.of(thrown).encode(WireLimits.DEFAULT);
        return Failure.decode(ByteBuffer.wrap(bytes), WireLimits.DEFAULT).rebuild(FETCH, "worker-3");
    }

    record Fetch(int n) implements Task<Integer> {
        @Override
        public Integer call() throws Gone, Busy, Decorated, Code, Mute {
            return n;
        }
    }

    record Lazy(int n) implements Task<Integer> {
        @Override
        public Integer call() throws Late {
            return n;
        }
    }

    record Stage(int n) implements AsyncTask<Integer> {
        @Override
        public CompletionStage<Integer> callAsync() throws Gone {
            return CompletableFuture.completedFuture(n);
        }
    }

    static sealed class Gone extends Exception {
        private static final long serialVersionUID = 1L;

        public Gone(String message) {
            super(message);
        }

        static final class Forever extends Gone {
            private static final long serialVersionUID = 1L;

            public Forever(String message) {
                super(message);
            }
        }

        static non-sealed class Open extends Gone {
            private static final long serialVersionUID = 1L;

            public Open(String message) {
                super(message);
            }
        }

        static final class Elsewhere extends Open {
            private static final long serialVersionUID = 1L;

            public Elsewhere(String message) {
                super(message);
            }
        }
    }

    static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        public Busy() {
            super();
        }
    }

    static final class Undeclared extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Undeclared(String message) {
            super(message);
        }
    }

    static final class Decorated extends Exception {
        private static final long serialVersionUID = 1L;

        public Decorated(String message) {
            super("decorated " + message);
        }
    }

    static final class Code extends Exception {
        private static final long serialVersionUID = 1L;

        public Code(int code) {
            super("code " + code);
        }
    }

    static final class Mute extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String getMessage() {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new UnsupportedOperationException();
        }
    }

    static final class Trap extends RuntimeException {
        private static final long serialVersionUID = 1L;

        static {
            INITIALISED.add("Trap");
        }

        public Trap(String message) {
            super(message);
        }
    }

    static final class Late extends Exception {
        private static final long serialVersionUID = 1L;

        static {
            INITIALISED.add("Late");
        }

        public Late(String message) {
            super(message);
        }
    }
}
