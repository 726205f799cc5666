package dev.gearshift.executors.processes;

import dev.gearshift.executors.wire.Parcel;
import org.jspecify.annotations.Nullable;

/**
 * What the pool and one of its workers say to each other. There are two sockets between them: what is urgent does not
 * queue behind tasks, and the end of the one that has the tasks never blocks whoever gives them. Numbers are big-endian.
 *
 * <pre>
 * frame    = length:u32 kind:u8 body         length counts kind and body
 * ARRAY    = bytes                           before TASK or DONE: a large array of it, see {@link Parcel}
 *
 * The worker, first, on each socket:
 * HELLO    = version:u16 pid:u64 token:32 socket:u8
 *                                            socket: 0 for the tasks, 1 for the talk;
 *                                            nothing else is listened to before
 * Tasks, from the pool:
 * CLASS    = class:utf-8                     the next number, from 0, stands for it
 * TASK     = seq:u64 flags:u8 id:u64 attempt:u32 class:u32 task
 *                                            flags: 1 to be told of the start
 * END      =                                 nothing comes any more: leave in good order
 *
 * Talk, from the pool:
 * STOP     = seq:u64                         interrupt it
 * UNWANTED = seq:u64                         let it go on, but its result is not wanted
 *
 * Talk, from the worker:
 * STARTED  = seq:u64
 * PROGRESS = seq:u64 done:u64 total:u64
 * SKIPPED  = seq:u64                         it was revoked, and is not run
 * DONE     = seq:u64 nanos:u64 last:u8 result
 * FAILED   = seq:u64 nanos:u64 last:u8 failure
 *                                            nanos: how long it took
 *                                            last: 1 if the worker takes no more tasks
 * </pre>
 *
 * <p>{@code seq} numbers the tasks that were sent to one worker, upwards from 1. A worker runs them in that order and
 * answers each with DONE or FAILED or, if it was revoked ({@link StartBoard}) before the worker claimed it, with SKIPPED.
 * An answer is written before the next task is claimed: whenever a worker dies, one task at most is neither answered nor
 * untouched.
 */
enum FrameKind {
    HELLO,
    ARRAY,
    CLASS,
    TASK,
    END,
    STOP,
    UNWANTED,
    STARTED,
    PROGRESS,
    SKIPPED,
    DONE,
    FAILED;

    static final int VERSION = 3;
    static final int TOKEN_BYTES = 32;
    static final int HELLO_BYTES = 2 + 8 + TOKEN_BYTES + 1;
    /** Before a result or a failure. */
    static final int LONGEST_HEAD = 1 + 8 + 8 + 1;

    static final byte TASKS = 0;
    static final byte TALK = 1;
    static final byte TELL_START = 1;
    static final byte LAST = 1;

    private static final FrameKind[] ALL = values();

    static @Nullable FrameKind of(byte code) {
        return code >= 0 && code < ALL.length ? ALL[code] : null;
    }

    @SuppressWarnings("EnumOrdinal") // the order is the protocol
    byte code() {
        return (byte) ordinal();
    }
}
