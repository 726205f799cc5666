package dev.gearshift.executors.processes;

import org.jspecify.annotations.Nullable;

/**
 * What the pool and one of its workers say to each other over their socket. Numbers are big-endian.
 *
 * <pre>
 * frame    = length:u32 kind:u8 body         length counts kind and body
 *
 * The worker, first:
 * HELLO    = version:u16 pid:u64 token:32    nothing else is listened to before
 *
 * The pool:
 * TASK     = seq:u64 flags:u8 id:u64 attempt:u32 length:u16 class:utf-8 task
 *                                            flags: 1 to be told of the start
 * STOP     = seq:u64                         interrupt it
 * UNWANTED = seq:u64                         let it go on, but its result is not wanted
 * END      =                                 nothing comes any more: leave in good order
 *
 * The worker:
 * STARTED  = seq:u64
 * PROGRESS = seq:u64 done:u64 total:u64
 * SKIPPED  = seq:u64                         it was revoked, and is not run
 * DONE     = seq:u64 result
 * FAILED   = seq:u64 last:u8 failure         last: 1 if the worker takes no more tasks
 * </pre>
 *
 * <p>{@code seq} numbers the tasks that were sent to one worker, from 1. A worker answers each TASK with DONE or FAILED or,
 * if it was revoked ({@link StartBoard}) before the worker claimed it, with SKIPPED.
 */
enum FrameKind {
    HELLO,
    TASK,
    STOP,
    UNWANTED,
    END,
    STARTED,
    PROGRESS,
    SKIPPED,
    DONE,
    FAILED;

    static final int VERSION = 1;
    static final int TOKEN_BYTES = 32;
    static final int HELLO_BYTES = 2 + 8 + TOKEN_BYTES;
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
