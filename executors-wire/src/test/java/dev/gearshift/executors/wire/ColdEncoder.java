package dev.gearshift.executors.wire;

import dev.gearshift.executors.Task;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** What a worker does first: reads a task, writes its result, writes a failure. */
final class ColdEncoder {
    record Job(int n, String text, List<Path> paths) implements Task<List<String>> {
        @Override
        public List<String> call() {
            return List.of(text.repeat(n));
        }
    }

    private ColdEncoder() {}

    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        TaskWire wire = TaskWire.of(Job.class);
        byte[] task = wire.encode(new Job(2, "ab", List.of(Path.of("x"))), WireLimits.DEFAULT);
        Object result = wire.decode(ByteBuffer.wrap(task), WireLimits.DEFAULT).call();
        byte[] value = wire.result().encode(result, WireLimits.DEFAULT);
        Object back = wire.result().decode(value, WireLimits.DEFAULT);
        long done = System.nanoTime();
        byte[] failure = Failure.of(new IllegalStateException("text")).encode(WireLimits.DEFAULT);
        Throwable thrown =
                Failure.decode(ByteBuffer.wrap(failure), WireLimits.DEFAULT).rebuild(wire, "worker-1");
        System.out.println(back + " " + thrown);
        System.out.println("cold: task and result " + (done - start) / 1_000 + " us, failure "
                + (System.nanoTime() - done) / 1_000 + " us");
    }
}
