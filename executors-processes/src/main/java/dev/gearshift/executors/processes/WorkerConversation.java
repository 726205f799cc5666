package dev.gearshift.executors.processes;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.local.Resources;
import dev.gearshift.executors.wire.Failure;
import dev.gearshift.executors.wire.TaskWire;
import dev.gearshift.executors.wire.WireLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The worker's side: one thread listens, one runs the tasks, one writes. Tasks are run one after the other, in the order
 * in which they come, each unless it was revoked.
 */
final class WorkerConversation {
    private final String name;
    private final FrameChannel channel;
    private final StartBoard board;
    private final WireLimits limits;
    private final Outbox outbox;
    private final Resources resources = new Resources();
    private final LinkedBlockingQueue<Assignment> assignments = new LinkedBlockingQueue<>();
    private final Interrupts interrupts = new Interrupts();

    /** A task that was sent; the number 0 for the end of all. */
    private record Assignment(long seq, boolean tellStart, long id, int attempt, String taskClass, ByteBuffer task) {
        static final Assignment END = new Assignment(0, false, 0, 0, "", ByteBuffer.allocate(0));

        static Assignment of(ByteBuffer body) {
            long seq = body.getLong();
            boolean tellStart = body.get() == FrameKind.TELL_START;
            long id = body.getLong();
            int attempt = body.getInt();
            byte[] taskClass = new byte[Short.toUnsignedInt(body.getShort())];
            body.get(taskClass);
            return new Assignment(
                    seq, tellStart, id, attempt, new String(taskClass, StandardCharsets.UTF_8), body.slice());
        }
    }

    WorkerConversation(String name, FrameChannel channel, StartBoard board, WireLimits limits) {
        this.name = name;
        this.channel = channel;
        this.board = board;
        this.limits = limits;
        this.outbox = new Outbox("gearshift-outbox", channel, failure -> WorkerMain.hungUp());
    }

    /** Listens until the socket is closed. */
    void hold() {
        outbox.start();
        Thread tasks = new Thread(null, this::run, "gearshift-tasks", 0, false);
        tasks.start();
        try {
            while (true) {
                hear(channel.read());
            }
        } catch (IOException e) {
            WorkerMain.hungUp();
        } catch (Throwable e) {
            WorkerMain.broken(e); // Such as a task that its memory does not hold.
        }
    }

    private void hear(FrameChannel.Frame frame) throws IOException {
        switch (frame.kind()) {
            case TASK -> assignments.add(Assignment.of(frame.body()));
            case STOP -> interrupts.stop(frame.body().getLong());
            case UNWANTED -> interrupts.unwanted(frame.body().getLong());
            case END -> assignments.add(Assignment.END);
            default -> throw new IOException("The pool sent a frame of the kind " + frame.kind());
        }
    }

    private void run() {
        try {
            while (true) {
                take(next());
            }
        } catch (Throwable e) {
            WorkerMain.broken(e);
        }
    }

    private void take(Assignment next) {
        if (next.seq() == 0) {
            leave();
        } else if (board.claim(next.seq())) {
            if (next.tellStart()) {
                outbox.send(FrameKind.STARTED, number(next.seq()));
            }
            perform(next);
        } else {
            outbox.send(FrameKind.SKIPPED, number(next.seq()));
        }
    }

    private Assignment next() {
        while (true) {
            try {
                return assignments.take();
            } catch (InterruptedException e) {
                continue; // Nobody has a reason to.
            }
        }
    }

    private void perform(Assignment assignment) {
        byte[] result;
        try {
            result = resultOf(assignment);
        } catch (Throwable e) {
            failed(assignment.seq(), e);
            return;
        }
        outbox.send(FrameKind.DONE, number(assignment.seq()), result);
    }

    private byte[] resultOf(Assignment assignment) throws Exception {
        TaskWire wire = TaskWire.of(Class.forName(assignment.taskClass(), false, ClassLoader.getSystemClassLoader()));
        Task<?> task = wire.decode(assignment.task(), limits);
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
        return wire.result().encode(value, limits);
    }

    /** After an error of the JVM's, such as want of memory, the worker takes no more. */
    private void failed(long seq, Throwable failure) {
        boolean last = failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
        byte[] rest = {last ? FrameKind.LAST : 0};
        outbox.send(FrameKind.FAILED, number(seq), rest, Failure.of(failure).encode(limits));
        if (last) {
            leave();
        }
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
        WorkerMain.leave(channel);
    }
}
