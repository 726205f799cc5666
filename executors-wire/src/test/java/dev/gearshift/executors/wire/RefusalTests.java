package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import java.io.File;
import java.lang.invoke.MethodHandles;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot travel by its type, word for word. */
@Timeout(60)
class RefusalTests {
    private static final String HERE = "dev.gearshift.executors.wire.RefusalTests";
    private static final String NOT_TOLD = ", and the other end would not know what to read.";
    private static final String WRITE_A_RECORD = " Write the task as a record whose components are what it needs.";

    @Test
    void aTypeVariable() {
        record Echo<T>(T value) implements Task<T> {
            @Override
            public T call() {
                return value;
            }
        }
        refused(
                Echo.class,
                "Echo.value cannot travel: T is a type variable" + NOT_TOLD
                        + " Write a task for each type, such as record OfText(String value).");
    }

    @Test
    void aTypeVariableAsTheResult() {
        record Make<T>(int n) implements Task<List<T>> {
            @Override
            public List<T> call() {
                return List.of();
            }
        }
        refused(
                Make.class,
                "Make.call()[] cannot travel: T is a type variable" + NOT_TOLD
                        + " Write a task for each type, such as record OfText(String value).");
    }

    @Test
    void aWildcard() {
        record Wild(Map<String, List<? extends Number>> numbers) implements Nothing {}
        refused(
                Wild.class,
                "Wild.numbers[value][] cannot travel: the type argument ? extends java.lang.Number is a wildcard"
                        + NOT_TOLD + " Name the type itself, or a sealed interface of records.");
    }

    @Test
    @SuppressWarnings("rawtypes")
    void aRawType() {
        record Raw(Optional<List> lists) implements Nothing {}
        refused(
                Raw.class,
                "Raw.lists cannot travel: java.util.List is used without type arguments."
                        + " Name them, such as List<String>.");
        record RawMap(Map map) implements Nothing {}
        refused(
                RawMap.class,
                "RawMap.map cannot travel: java.util.Map is used without type arguments."
                        + " Name them, such as Map<String, Integer>.");
    }

    @Test
    @SuppressWarnings("rawtypes")
    void aRawTask() {
        record RawTask(int n) implements Task {
            @Override
            public Object call() {
                return n;
            }
        }
        assertThatThrownBy(() -> TaskWire.of(RawTask.class))
                .hasMessage("RawTask.call() cannot travel: Task is implemented without a type argument."
                        + " Name the type of the result: Task<String>.\n"
                        + "See executors-wire/README.md#what-travels");
    }

    @Test
    void object() {
        record Any(Object[] values) implements Nothing {}
        refused(
                Any.class,
                "Any.values[] cannot travel: java.lang.Object could be anything" + NOT_TOLD
                        + " Name the type itself, or a sealed interface of records.");
    }

    @Test
    void anOpenInterface() {
        record Open(Inner inner) implements Nothing {
            record Inner(Map<CharSequence, String> texts) {}
        }
        refused(
                Open.class,
                "Open.inner.texts[key] cannot travel: java.lang.CharSequence is open to any class" + NOT_TOLD
                        + " Seal it, and permit records and enums.");
    }

    @Test
    void aSealedTypeWithOtherLeaves() {
        record Leaf(Leaky leaky) implements Nothing {}
        refused(
                Leaf.class,
                "Leaf.leaky cannot travel: " + HERE + "$Leaky permits " + HERE
                        + "$Drop, which is a class, not a record."
                        + " Make all that a sealed type permits records, enums or sealed themselves.");
        record Leaf2(Torn torn) implements Nothing {}
        refused(
                Leaf2.class,
                "Leaf2.torn cannot travel: " + HERE + "$Torn permits " + HERE + "$Gap, which is open to any class."
                        + " Make all that a sealed type permits records, enums or sealed themselves.");
    }

    @Test
    void aComponentOfALeaf() {
        record Draw(Shape shape) implements Nothing {}
        refused(
                Draw.class,
                "Draw.shape(Conn).s cannot travel: java.net.Socket is a class, not a record. Pass what it is made from"
                        + " (a path, a URI, an id) and make it in call(), or write it as a record.");
    }

    @Test
    void aClass() {
        record Connect(Socket socket) implements Nothing {}
        refused(
                Connect.class,
                "Connect.socket cannot travel: java.net.Socket is a class, not a record. Pass what it is made from"
                        + " (a path, a URI, an id) and make it in call(), or write it as a record.");
    }

    @Test
    void aClassOfCollections() {
        record Sorted(ArrayList<String> words) implements Nothing {}
        refused(
                Sorted.class,
                "Sorted.words cannot travel: java.util.ArrayList is not among the collections that travel."
                        + " Declare it as List, Set, Collection or Map: the order is kept.");
    }

    @Test
    void aTypeWithoutEnd() {
        record Grows<T>(Optional<Grows<List<T>>> next) {}
        record Growing(Grows<String> grows) implements Nothing {}
        assertThatThrownBy(() -> TaskWire.of(Growing.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("Growing.grows.next.next.next")
                .hasMessageEndingWith(" cannot travel: its type grows with each level, without an end."
                        + " Hold it with the same type arguments.\nSee executors-wire/README.md#what-travels");
    }

    @Test
    void aTypeThatDoubles() {
        record Two<A, B>(A first, B second) {}
        record Grows<X>(X value, Optional<Grows<Two<X, X>>> next) {}
        record Growing(Grows<String> grows) implements Nothing {}
        assertThatThrownBy(() -> TaskWire.of(Growing.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("Growing.grows.next.next.next")
                .hasMessageContaining(" cannot travel: its type grows with each level, without an end.");
    }

    @Test
    void anArrayTypeThatGrows() {
        record Grows<X>(Optional<Grows<X[]>> next) {}
        record Growing(Grows<String> grows) implements Nothing {}
        assertThatThrownBy(() -> TaskWire.of(Growing.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining(" cannot travel: its type grows with each level, without an end.");
    }

    @Test
    void aClassThatDoesNotLoad() {
        record Broken(List<Faulty> faulty) implements Nothing {}
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> TaskWire.of(Broken.class))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageStartingWith("Broken.faulty[] cannot travel: its class cannot be loaded: java.lang.")
                    .hasMessageContaining(" See the cause; both ends need the class, and all that it mentions.")
                    .hasCauseInstanceOf(LinkageError.class);
        }
    }

    @Test
    void aClassThatMentionsWhatIsMissing() throws Exception {
        CompiledSource loader = new CompiledSource("Mentions", """
                import dev.gearshift.executors.Task;
                final class Missing extends Exception {}
                record Mentions(int n) implements Task<Integer> {
                    public Integer call() throws Missing { return n; }
                }
                """);
        loader.forget("Missing");
        assertThatThrownBy(() -> TaskWire.of(loader.loadClass("Mentions")))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith(
                        "Mentions cannot travel: its class cannot be loaded: java.lang.NoClassDefFoundError: Missing.");
    }

    @Test
    void aRecordOfTooManyComponents() throws Exception {
        String components = IntStream.range(0, 254).mapToObj(i -> "int c" + i).collect(Collectors.joining(", "));
        Class<?> wide = new CompiledSource("Wide", "record Wide(" + components + ") {}").loadClass("Wide");
        assertThatThrownBy(() -> WireType.of(wide))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("Wide cannot travel: its 254 components are more than a method handle takes."
                        + " Group them in records.");
    }

    @Test
    void aResult() {
        record Connect(int port) implements Task<Socket> {
            @Override
            public Socket call() {
                return new Socket();
            }
        }
        refused(
                Connect.class,
                "Connect.call() cannot travel: java.net.Socket is a class, not a record. Pass what it is made from"
                        + " (a path, a URI, an id) and make it in call(), or write it as a record.");
    }

    @Test
    void aLambda() {
        int n = hashCode();
        refused(
                () -> n,
                "The task cannot travel: it is a lambda of " + HERE + ", which is in this JVM only and captures a int."
                        + WRITE_A_RECORD);
        refused(
                () -> hashCode() + n,
                "The task cannot travel: it is a lambda of " + HERE + ", which is in this JVM only and captures this ("
                        + HERE + "), a int." + WRITE_A_RECORD);
        refused(
                () -> 1,
                "The task cannot travel: it is a lambda of " + HERE + ", which is in this JVM only." + WRITE_A_RECORD);
    }

    @Test
    void anAnonymousClass() {
        int n = hashCode();
        refused(
                new Task<Integer>() {
                    @Override
                    public Integer call() {
                        return n + RefusalTests.this.hashCode();
                    }
                },
                "The task cannot travel: it is an anonymous class and captures n (int), this (" + HERE + ")."
                        + WRITE_A_RECORD);
    }

    @Test
    void aLocalClass() {
        String text = toString();
        class Local implements Task<Integer> {
            @Override
            public Integer call() {
                return text.length() + RefusalTests.this.hashCode();
            }
        }
        refused(
                new Local(),
                "Local cannot travel: it is a local class and captures text (java.lang.String), this (" + HERE + ")."
                        + WRITE_A_RECORD);
    }

    @Test
    void anInnerClass() {
        refused(
                new InnerTask(),
                "InnerTask cannot travel: it is an inner class and captures this (" + HERE + ")." + WRITE_A_RECORD);
    }

    @Test
    void aNestedClass() {
        refused(new Nested(), "Nested cannot travel: it is a class, not a record." + WRITE_A_RECORD);
    }

    @Test
    void aHiddenClass() throws Exception {
        byte[] bytes;
        try (var in = RefusalTests.class.getResourceAsStream("RefusalTests$Nested.class")) {
            bytes = java.util.Objects.requireNonNull(in).readAllBytes();
        }
        Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
        Task<?> task = (Task<?>) hidden.getDeclaredConstructor().newInstance();
        refused(
                task,
                "The task cannot travel: its class is hidden, so the other end could not find it." + WRITE_A_RECORD);
    }

    @Test
    void noTask() {
        refused(
                String.class,
                "String cannot travel: java.lang.String is no task. Implement dev.gearshift.executors.Task,"
                        + " by a record whose components are what it needs.");
        refused(
                int.class,
                "int cannot travel: int is no task. Implement dev.gearshift.executors.Task,"
                        + " by a record whose components are what it needs.");
        refused(Nothing.class, "Nothing cannot travel: it is an interface, not a record." + WRITE_A_RECORD);
    }

    @Test
    void enumsAndFilesAndRecordsOfThemselvesAreFine() {
        record Fine(File file, List<Fine> more) implements Nothing {}
        assertThat(TaskWire.of(Fine.class)).hasToString("Fine");
        assertThat(TaskWire.of(Job.FIRST)).hasToString("Job");
        byte[] bytes = TaskWire.of(Job.FIRST).encode(Job.FIRST, WireLimits.DEFAULT);
        assertThat(TaskWire.of(Job.FIRST).decode(java.nio.ByteBuffer.wrap(bytes), WireLimits.DEFAULT))
                .isSameAs(Job.FIRST);
    }

    private static void refused(Class<?> task, String message) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> TaskWire.of(task))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessage(message + "\nSee executors-wire/README.md#what-travels");
        }
    }

    private static void refused(Task<?> task, String message) {
        assertThatThrownBy(() -> TaskWire.of(task))
                .isInstanceOf(NotPortableException.class)
                .hasMessage(message + "\nSee executors-wire/README.md#what-travels");
    }

    /** A task that only has components. */
    interface Nothing extends Task<Void> {
        @Override
        @SuppressWarnings("NullAway") // Void has no value
        default Void call() {
            return null;
        }
    }

    enum Faulty {
        ONE;

        static {
            if (ONE.ordinal() == 0) {
                throw new IllegalStateException("not today");
            }
        }
    }

    sealed interface Shape {}

    record Conn(Socket s) implements Shape {}

    sealed interface Leaky permits Drop {}

    static final class Drop implements Leaky {}

    sealed interface Torn permits Gap {}

    non-sealed interface Gap extends Torn {}

    static class Nested implements Task<Integer> {
        @Override
        public Integer call() {
            return 1;
        }
    }

    class InnerTask implements Task<Integer> {
        @Override
        public Integer call() {
            return RefusalTests.this.hashCode();
        }
    }

    enum Job implements Task<Integer> {
        FIRST {
            @Override
            public Integer call() {
                return 1;
            }
        }
    }
}
