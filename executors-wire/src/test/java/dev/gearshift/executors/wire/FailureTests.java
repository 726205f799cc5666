package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                new javax.imageio.IIOException("text"),
                new javax.net.ssl.SSLHandshakeException("text"),
                new javax.naming.NamingException("text"),
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

    @Test
    void aThrowableThatBreaksWhatItIsAsked_isStillAFailure() {
        Throwable broken = new Exception() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new NoClassDefFoundError("gone");
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                return new StackTraceElement[] {null, new StackTraceElement("A", "a", null, 1), null};
            }

            @Override
            public synchronized Throwable getCause() {
                throw new AssertionError();
            }
        };

        Failure failure = Failure.of(broken);

        assertThat(failure.message()).isEqualTo("[its message could not be had: java.lang.NoClassDefFoundError]");
        assertThat(failure.frames()).extracting(Failure.Frame::className).containsExactly("A");
        assertThat(failure.cause()).isNull();
    }

    @Test
    void theInnermostCause_isKept() {
        Exception chain = new FileNotFoundException("the reason");
        for (int i = 1; i < 1_000; i++) {
            chain = new IllegalStateException(Integer.toString(i), chain);
        }

        for (WireLimits limits : List.of(WireLimits.DEFAULT, new WireLimits(1_000, 5))) {
            byte[] bytes = Failure.of(chain).encode(limits);
            Throwable back = Failure.decode(ByteBuffer.wrap(bytes), limits).rebuild(FETCH, "worker-3");

            List<String> messages = new ArrayList<>();
            Throwable last = back;
            for (Throwable next = back; next != null; next = next.getCause()) {
                messages.add(next.getMessage());
                last = next;
            }
            assertThat(back).hasMessage("999");
            assertThat(last)
                    .isExactlyInstanceOf(FileNotFoundException.class)
                    .message()
                    .endsWith("the reason");
            assertThat(messages)
                    .filteredOn(message -> message.contains("are left out]"))
                    .hasSize(1);
        }
    }

    @Test
    void causesWithoutAnEnd_end() {
        Failure failure = Failure.of(new Endless(0));

        assertThat(failure.message()).isEqualTo("0");
        assertThat(failure.cause()).extracting(Failure::message).isEqualTo("1");
    }

    @Test
    void whatIsSuppressedAgainAndAgain_isToldOnce() {
        Throwable noisy = new IllegalStateException("noisy", new IOException("cause"));
        Throwable one = new IllegalStateException("x".repeat(60_000));
        for (int i = 0; i < 100_000; i++) {
            noisy.addSuppressed(one);
        }

        Failure failure = Failure.of(noisy);

        assertThat(failure.suppressed()).hasSizeLessThan(64);
        assertThat(failure.suppressed().get(1).message())
                .startsWith("[seen before] xx")
                .hasSizeLessThan(200);
        assertThat(failure.cause()).isNotNull();
    }

    @Test
    void theCause_outlivesWhatIsSuppressed() {
        Throwable thrown = new IllegalStateException("outer", new IOException("cause"));
        for (int i = 0; i < 30; i++) {
            thrown.addSuppressed(new IllegalStateException("aside " + i));
        }

        Throwable back = Failure.decode(
                        ByteBuffer.wrap(Failure.of(thrown).encode(new WireLimits(700, 100))), WireLimits.DEFAULT)
                .rebuild(FETCH, "worker-3");

        assertThat(back).hasMessage("outer").cause().hasMessageContaining("cause");
        assertThat(back.getSuppressed()).isEmpty();
    }

    @Test
    void encoding_neverFails() {
        Failure nameless = new Failure("é".repeat(100_000), "m".repeat(100_000), List.of(), null, List.of());
        for (WireLimits limits : List.of(new WireLimits(1, 1), new WireLimits(Long.MAX_VALUE, 1_000))) {
            byte[] bytes = nameless.encode(limits);
            assertThat(Failure.decode(ByteBuffer.wrap(bytes), limits).className())
                    .startsWith("éééé");
        }
        assertThat(nameless.encode(new WireLimits(1, 1))).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void framesOfAnyLength_areCut() {
        Throwable thrown = new IllegalStateException("text");
        StackTraceElement huge = new StackTraceElement("x".repeat(1_000_000), "m", "f".repeat(1_000_000), 1);
        thrown.setStackTrace(java.util.Collections.nCopies(2_000, huge).toArray(StackTraceElement[]::new));

        assertThat(Failure.of(thrown).encode(WireLimits.DEFAULT)).hasSizeLessThan(4 << 20);
        assertThat(Failure.of(thrown).frames()).hasSize(1_024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"85f6f680f680", "856141f6f6f680", "856141f681f6f680", "856141f68187f6f6f6f6616df600f680"})
    void aFailureWithoutItsParts_isNone(String hex) {
        byte[] bytes = MalformedTests.document(Failure.class, hex);
        assertThatThrownBy(() -> Failure.decode(ByteBuffer.wrap(bytes), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessageStartingWith("Failure");
    }

    @ParameterizedTest
    @ValueSource(ints = {300_000, 520_000})
    void hordesOfSuppressed_areNotRebuilt(int count) {
        byte[] bytes = MalformedTests.document(
                Failure.class, "856141f680f69a" + String.format("%08x", count) + "8560f680f680".repeat(count));

        Throwable back;
        try {
            back = Failure.decode(ByteBuffer.wrap(bytes), WireLimits.DEFAULT).rebuild(FETCH, "worker-3");
        } catch (WireFormatException e) {
            assertThat(e).hasMessageContaining("limit");
            return;
        }
        assertThat(back.getSuppressed()).hasSizeLessThan(64);
    }

    @Test
    void namesOfAnyLength_areCut() {
        byte[] bytes = MalformedTests.document(
                Failure.class,
                "857a000f4240" + "61".repeat(1_000_000) + "f68187f6f6f67a000f4240" + "61".repeat(1_000_000)
                        + "616df600f680");

        Throwable back =
                Failure.decode(ByteBuffer.wrap(bytes), WireLimits.DEFAULT).rebuild(FETCH, "worker-3");

        assertThat(back.getMessage()).hasSizeLessThan(1_200).contains("aaa… [999000 more]");
        assertThat(back.getStackTrace()[0].getClassName()).hasSizeLessThan(1_200);
    }

    @Test
    void aFailureBeyondTheBounds_isRebuiltInPart() {
        Failure.Frame frame = new Failure.Frame(null, null, null, "A", "a", null, 1);
        Failure deep = new Failure("A", "innermost", List.of(), null, List.of());
        for (int i = 0; i < 100_000; i++) {
            deep = new Failure("A", "m", java.util.Collections.nCopies(2_000, frame), deep, List.of());
        }

        Throwable back = deep.rebuild(FETCH, "worker-3");

        assertThat(back.getStackTrace()).hasSize(1_024);
        assertThat(back).rootCause().hasMessageContaining("innermost");
    }

    @Test
    void throwablesThatBreakWhileTheyAreMade_becomeRemote() {
        for (String name : List.of(
                Unruly.OfCause.class.getName(), Unruly.OfTrace.class.getName(), Unruly.OfMessage.class.getName())) {
            Failure failure = new Failure(name, "text", List.of(), null, List.of());

            assertThat(failure.rebuild(TaskWire.of(Unruled.class), "worker-3"))
                    .isExactlyInstanceOf(RemoteTaskException.class);
        }
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
                "java.lang/IllegalStateException",
                "java.lang.IllegalStateException.class",
                "javax.nope.Exception",
                "com.sun.jdi.VMDisconnectedException",
                "jdk.jshell.EvalException",
                "sun.misc.Unsafe",
                "\u0000"
            })
    void hostileNames_loadNothing(String name) {
        Failure failure = new Failure(name, "text", List.of(), null, List.of());

        assertThat(failure.rebuild(FETCH, "worker-3")).isExactlyInstanceOf(RemoteTaskException.class);
        assertThat(INITIALISED).isEmpty();
    }

    @Test
    void namesOfNothing_leaveNothingBehind() {
        rebuildOfNothing(1_000, 100);
        long before = usedAfterCollection();
        rebuildOfNothing(1_000, 30_000);
        rebuildOfNothing(60_000, 150);

        assertThat(usedAfterCollection() - before).isLessThan(4 << 20);
    }

    private static void rebuildOfNothing(int names, int length) {
        for (int i = 0; i < names; i++) {
            String name = "java.lang.x" + i + "x".repeat(length);
            assertThat(new Failure(name, null, List.of(), null, List.of()).rebuild(FETCH, "worker-3"))
                    .isExactlyInstanceOf(RemoteTaskException.class);
        }
    }

    private static long usedAfterCollection() {
        System.gc();
        System.gc();
        return java.lang.management.ManagementFactory.getMemoryMXBean()
                .getHeapMemoryUsage()
                .getUsed();
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

    static final class Endless extends Exception {
        private static final long serialVersionUID = 1L;

        private final int n;

        Endless(int n) {
            super(Integer.toString(n));
            this.n = n;
        }

        @Override
        public synchronized Throwable getCause() {
            return new Endless(n + 1);
        }
    }

    record Unruled(int n) implements Task<Integer> {
        @Override
        public Integer call() throws Unruly.OfCause, Unruly.OfTrace, Unruly.OfMessage {
            return n;
        }
    }

    /** Exceptions that do not do what exceptions do. */
    static final class Unruly {
        private Unruly() {}

        static final class OfCause extends Exception {
            private static final long serialVersionUID = 1L;

            public OfCause(String message) {
                super(message);
            }

            @Override
            public synchronized Throwable getCause() {
                throw new AssertionError("no cause");
            }
        }

        static final class OfTrace extends Exception {
            private static final long serialVersionUID = 1L;

            public OfTrace(String message) {
                super(message);
            }

            @Override
            public void setStackTrace(StackTraceElement[] trace) {
                throw new AssertionError("no trace");
            }
        }

        static final class OfMessage extends Exception {
            private static final long serialVersionUID = 1L;

            public OfMessage(String message) {
                super(message);
            }

            @Override
            public String getMessage() {
                throw new AssertionError("no message");
            }
        }
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
