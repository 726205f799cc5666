package dev.gearshift.executors.processes;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.local.Resources;
import dev.gearshift.executors.wire.Failure;
import dev.gearshift.executors.wire.Parcel;
import dev.gearshift.executors.wire.TaskWire;
import dev.gearshift.executors.wire.WireLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The worker's side. One thread takes the tasks from their socket, runs them one after the other, each unless it was
 * revoked, and writes each answer itself before it takes the next, so that none is handed over; one listens to the rest.
 */
final class WorkerConversation {
    private final String name;
    private final FrameChannel tasks;
    private final FrameChannel talk;
    private final StartBoard board;
    private final WireLimits limits;
    private final HeapLimit heapLimit;
    private final Outbox outbox;
    private final Resources resources = new Resources();
    private final Interrupts interrupts = new Interrupts();

    /** By their numbers. Used by the thread that runs the tasks. */
    private final List<String> classes = new ArrayList<>();

    /** A task that was sent. */
    private record Assignment(
            long seq, boolean tellStart, long id, int attempt, int taskClass, ByteBuffer task, List<byte[]> arrays) {
        static Assignment of(FrameChannel.Frame frame) {
            ByteBuffer body = frame.body();
            return new Assignment(
                    body.getLong(),
                    body.get() == FrameKind.TELL_START,
                    body.getLong(),
                    body.getInt(),
                    body.getInt(),
                    body,
                    frame.arrays());
        }
    }

    WorkerConversation(
            String name,
            FrameChannel talk,
            FrameChannel tasks,
            StartBoard board,
            WireLimits limits,
            HeapLimit heapLimit) {
        this.name = name;
        this.talk = talk;
        this.tasks = tasks;
        this.board = board;
        this.limits = limits;
        this.heapLimit = heapLimit;
        this.outbox = new Outbox("gearshift-outbox", talk, failure -> WorkerMain.hungUp());
    }

    /** Listens until the socket is closed. */
    void hold() {
        new TaskThread().start();
        try {
            while (true) {
                hear(talk.read());
            }
        } catch (IOException e) {
            WorkerMain.hungUp();
        } catch (Throwable e) {
            WorkerMain.broken(e);
        }
    }

    /** Whoever got hold of it in a task and interrupts it later interrupts nobody: that would close a socket. */
    private final class TaskThread extends Thread {
        TaskThread() {
            super(null, WorkerConversation.this::run, "gearshift-tasks", 0, false);
        }

        @Override
        public void interrupt() {
            interrupts.ifRunning(super::interrupt);
        }
    }

    private void hear(FrameChannel.Frame frame) throws IOException {
        switch (frame.kind()) {
            case STOP -> interrupts.stop(frame.body().getLong());
            case UNWANTED -> interrupts.unwanted(frame.body().getLong());
            default -> throw new IOException("The pool said " + frame.kind());
        }
    }

    private void run() {
        try {
            while (true) {
                take(tasks.read());
            }
        } catch (IOException e) {
            WorkerMain.hungUp();
        } catch (Throwable e) {
            WorkerMain.broken(e); // Such as a task that its memory does not hold.
        }
    }

    private void take(FrameChannel.Frame frame) throws IOException {
        switch (frame.kind()) {
            case CLASS ->
                classes.add(StandardCharsets.UTF_8.decode(frame.body()).toString());
            case TASK -> take(Assignment.of(frame));
            case END -> leave();
            default -> throw new IOException("The pool sent a frame of the kind " + frame.kind());
        }
    }

    private void take(Assignment next) {
        if (!board.claim(next.seq())) {
            outbox.write(FrameKind.SKIPPED, number(next.seq()));
            return;
        }
        if (next.tellStart()) {
            outbox.write(FrameKind.STARTED, number(next.seq()));
        }
        long begun = System.nanoTime();
        Parcel result;
        try {
            result = resultOf(next);
        } catch (Throwable e) {
            // After an error of the JVM's, such as want of memory, it takes no more.
            boolean isBroken = e instanceof VirtualMachineError && !(e instanceof StackOverflowError);
            answer(
                    FrameKind.FAILED,
                    next.seq(),
                    begun,
                    isBroken || heapLimit.isExceeded(),
                    new Parcel(Failure.of(e).encode(limits), List.of()));
            return;
        }
        answer(FrameKind.DONE, next.seq(), begun, heapLimit.isExceeded(), result);
    }

    private void answer(FrameKind kind, long seq, long begun, boolean last, Parcel value) {
        ByteBuffer head = ByteBuffer.allocate(8 + 8 + 1)
                .putLong(seq)
                .putLong(System.nanoTime() - begun)
                .put(last ? FrameKind.LAST : 0);
        outbox.write(value.arrays(), kind, head.array(), value.document());
        if (last) {
            leave();
        }
    }

    private Parcel resultOf(Assignment assignment) throws Exception {
        String taskClass = classes.get(assignment.taskClass());
        TaskWire wire = TaskWire.of(Class.forName(taskClass, false, ClassLoader.getSystemClassLoader()));
        Task<?> task = wire.unpack(assignment.task(), assignment.arrays(), limits);
        WorkerTaskContext context = new WorkerTaskContext(
                assignment.id(), assignment.attempt(), assignment.seq(), name, interrupts, outbox, resources);
        Object value;
        interrupts.begin(assignment.seq());
        context.begin();
        try {
            value = task.call();
        } finally {
            context.end();
            interrupts.end();
        }
        return wire.result().pack(value, limits);
    }

    private static byte[] number(long seq) {
        return ByteBuffer.allocate(8).putLong(seq).array();
    }

    /** What was said is written, what tasks shared is closed, and the JVM ends, shutdown hooks and all. */
    private void leave() {
        try {
            outbox.end();
            outbox.awaitEnd(Long.MAX_VALUE);
            resources.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // It ends now in any case.
        }
        WorkerMain.leave(talk);
    }
}
