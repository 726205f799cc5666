package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.Task;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The result's type is found wherever the task says it. */
@Timeout(60)
class TaskWireTests {
    interface Keyed<K, V> extends Task<Map<K, List<V>>> {}

    interface ByName<V> extends Keyed<String, V> {}

    interface Later<T> extends AsyncTask<List<T>> {}

    record Lookup(String name) implements ByName<Integer> {
        @Override
        public Map<String, List<Integer>> call() {
            return Map.of(name, List.of(1));
        }
    }

    record Eventually(int n) implements Later<Integer> {
        @Override
        public CompletionStage<List<Integer>> callAsync() {
            return CompletableFuture.completedFuture(List.of(n));
        }
    }

    record Silent(int n) implements Task<Void> {
        @Override
        @SuppressWarnings("NullAway") // Void has no value
        public Void call() {
            return null;
        }
    }

    @Test
    void theResultsType_isBoundThroughTheInterfacesBetween() throws Exception {
        comesBack(new Lookup("a"), Map.of("a", List.of(1)));
        comesBack(new Eventually(3), List.of(3));
    }

    @Test
    void aVoidResult_isNullAndNothingElse() throws Exception {
        TaskWire wire = TaskWire.of(Silent.class);
        byte[] bytes = wire.result().encode(new Silent(1).call(), WireLimits.DEFAULT);
        assertThat(wire.result().decode(bytes, WireLimits.DEFAULT)).isNull();
        assertThatThrownBy(() -> wire.result().decode(MalformedTests.document(Void.class, "01"), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("Silent.call() cannot be read: there is a value where none can be.");
    }

    @Test
    void aTask_isNeverNull() {
        TaskWire wire = TaskWire.of(Silent.class);
        byte[] bytes = MalformedTests.document(Silent.class, "f6");
        assertThatThrownBy(() -> wire.decode(ByteBuffer.wrap(bytes), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("Silent cannot be read: null, where a task should be.");
    }

    @Test
    void theTasksClass_isFoundByItsName() throws Exception {
        assertThat(TaskWire.of(new Silent(1)).taskClass()).isEqualTo(Silent.class);

        TaskWire here = TaskWire.of(Step.SECOND);
        assertThat(Step.SECOND.getClass()).isNotEqualTo(Step.class);
        assertThat(here.taskClass()).isEqualTo(Step.class);
        TaskWire there = TaskWire.of(Class.forName(here.taskClass().getName()));
        byte[] bytes = here.encode(Step.SECOND, WireLimits.DEFAULT);
        assertThat(there.decode(ByteBuffer.wrap(bytes), WireLimits.DEFAULT)).isSameAs(Step.SECOND);
        assertThat(there).hasToString("Step");
    }

    enum Step implements Task<Integer> {
        FIRST,
        SECOND {
            @Override
            public Integer call() {
                return 2;
            }
        };

        @Override
        public Integer call() {
            return 1;
        }
    }

    private static void comesBack(Task<?> task, Object result) throws Exception {
        TaskWire wire = TaskWire.of(task);
        Task<?> back = wire.decode(ByteBuffer.wrap(wire.encode(task, WireLimits.DEFAULT)), WireLimits.DEFAULT);
        assertThat(back).isEqualTo(task);
        byte[] bytes = wire.result().encode(back.call(), WireLimits.DEFAULT);
        assertThat(wire.result().decode(bytes, WireLimits.DEFAULT)).isEqualTo(result);
    }
}
