package dev.gearshift.executors.processes;

import dev.gearshift.executors.wire.Parcel;
import dev.gearshift.executors.wire.WireLimits;
import dev.gearshift.executors.wire.WireType;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** What a pool may get for a worker when one ran hostile input: it knows the protocol, and breaks it. */
final class EvilWorker {
    /** How. */
    enum Evil {
        /** Does not call at all. */
        SILENT,
        /** Calls with a token that it made up. */
        IMPOSTOR,
        /** Bytes that are no frames. */
        GARBAGE,
        /** A frame of two gigabytes. */
        OVERSIZE,
        /** An array of almost two gigabytes. */
        OVERSIZE_ARRAY,
        /** Arrays that are too much together. */
        TOO_MANY_ARRAYS,
        /** An array that is not large. */
        SMALL_ARRAY,
        /** An array before what has none. */
        STRAY_ARRAY,
        /** Another array than its result has. */
        WRONG_ARRAY,
        /** Half an array, and it dies. */
        HALF_AN_ARRAY,
        /** A frame that ends too early. */
        TOO_SHORT,
        /** A result of another type. */
        WRONG_TYPE,
        /** A result, before it claims the task. */
        UNCLAIMED,
        /** A result for somebody else's task. */
        ANOTHERS,
        /** A result twice. */
        TWICE,
        /** Says that it started, and then that it did not, and dies. */
        RETRACTING,
        /** A start twice. */
        STARTED_TWICE,
        /** A frame that only the pool sends. */
        POOLS_OWN,
        /** Nothing, once it has the task. */
        MUTE,
        /** Nothing, and it does not even read the task. */
        DEAF,
        /** Progress without end. */
        CHATTY,
        /** A result for a task that was taken back, after it has forged the page. */
        REVIVING,
        /** Nothing any more, after it has forged the page of a task that was taken back. */
        CLINGING,
        /** Nothing: it wipes its page, and dies. */
        WIPING,
        /** Results for tasks that it has not read. */
        GUESSING
    }

    private final Evil evil;
    private final FrameChannel channel;
    private final StartBoard board;
    private final LongBuffer page;

    private EvilWorker(Evil evil, FrameChannel channel, Path page) throws IOException {
        this.evil = evil;
        this.channel = channel;
        this.board = StartBoard.open(page);
        try (FileChannel file = FileChannel.open(page, StandardOpenOption.READ)) {
            this.page = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size())
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }
    }

    /** How, then what the pool gives to a worker. */
    public static void main(String[] arguments) throws Exception {
        Evil evil = Evil.valueOf(arguments[0]);
        byte[] token = new byte[FrameKind.TOKEN_BYTES];
        new DataInputStream(new FileInputStream(FileDescriptor.in)).readFully(token);
        if (evil == Evil.SILENT) {
            sleepForEver();
        }
        if (evil == Evil.IMPOSTOR) {
            token[0]++;
        }
        FrameChannel channel = call(arguments[2], token, FrameKind.TALK);
        EvilWorker worker = new EvilWorker(evil, channel, Path.of(arguments[3]));
        FrameChannel tasks = call(arguments[2], token, FrameKind.TASKS);
        if (evil == Evil.DEAF) {
            sleepForEver();
        }
        if (evil == Evil.GUESSING) {
            worker.guess();
        }
        while (true) {
            FrameChannel.Frame frame = tasks.read();
            if (frame.kind() == FrameKind.TASK) {
                worker.answer(frame.body().getLong(), channel.socket());
            } else if (frame.kind() == FrameKind.END) {
                return;
            }
        }
    }

    static FrameChannel call(String pool, byte[] token, byte socket) throws IOException {
        FrameChannel channel =
                new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(pool)), Integer.MAX_VALUE);
        channel.write(FrameKind.HELLO, WorkerMain.hello(token, socket));
        channel.flush();
        return channel;
    }

    private void guess() throws IOException {
        for (long seq = 1; ; seq++) {
            while (!board.claim(seq)) {
                Thread.onSpinWait();
            }
            done(seq, number(1));
            channel.flush();
        }
    }

    /** Waits until the pool has taken it back, and makes the page say that it has been claimed. */
    private void forge(long seq) {
        while (page.get((int) (seq % StartBoard.SLOTS)) != seq * 4 + 3) {
            Thread.onSpinWait();
        }
        board.offer(seq);
        board.claim(seq);
    }

    private static void sleepForEver() throws InterruptedException {
        Thread.currentThread().join();
    }

    private void answer(long seq, SocketChannel socket) throws IOException, InterruptedException {
        if (evil == Evil.REVIVING || evil == Evil.CLINGING) {
            forge(seq);
        } else if (evil != Evil.UNCLAIMED) {
            board.claim(seq);
        }
        switch (evil) {
            case GARBAGE -> {
                byte[] garbage = new byte[1_000];
                new Random(7).nextBytes(garbage);
                garbage[0] = 0; // a length that is allowed
                garbage[1] = 0;
                garbage[4] = 99; // of a kind that is not
                socket.write(ByteBuffer.wrap(garbage));
            }
            case OVERSIZE ->
                socket.write(ByteBuffer.allocate(100).putInt(Integer.MAX_VALUE).rewind());
            case OVERSIZE_ARRAY ->
                socket.write(ByteBuffer.allocate(100)
                        .putInt(Integer.MAX_VALUE - 16)
                        .put(FrameKind.ARRAY.code())
                        .rewind());
            case TOO_MANY_ARRAYS -> {
                for (int i = 0; i < 65; i++) {
                    channel.write(FrameKind.ARRAY, new byte[1 << 20]);
                }
                done(seq, number(1));
            }
            case SMALL_ARRAY -> channel.write(FrameKind.ARRAY, new byte[Parcel.LARGE - 1]);
            case STRAY_ARRAY -> {
                channel.write(FrameKind.ARRAY, new byte[Parcel.LARGE]);
                started(seq);
            }
            case WRONG_ARRAY -> {
                channel.write(FrameKind.ARRAY, new byte[Parcel.LARGE]);
                done(
                        seq,
                        WireType.of(byte[].class)
                                .pack(new byte[2 * Parcel.LARGE], WireLimits.DEFAULT)
                                .document());
            }
            case HALF_AN_ARRAY -> {
                socket.write(ByteBuffer.allocate(100_000)
                        .putInt(8 << 20)
                        .put(FrameKind.ARRAY.code())
                        .rewind());
                Runtime.getRuntime().halt(9);
            }
            case TOO_SHORT -> channel.write(FrameKind.DONE, new byte[3]);
            case WRONG_TYPE -> done(seq, WireType.of(String.class).encode("no number", WireLimits.DEFAULT));
            case UNCLAIMED -> done(seq, number(1));
            case ANOTHERS -> done(seq + 1, number(1));
            case TWICE -> {
                done(seq, number(1));
                done(seq, number(1));
            }
            case RETRACTING -> {
                started(seq);
                channel.flush();
                board.offer(seq);
                Runtime.getRuntime().halt(9);
            }
            case STARTED_TWICE -> {
                started(seq);
                started(seq);
            }
            case POOLS_OWN -> channel.write(FrameKind.STOP, eight(seq));
            case CHATTY -> {
                for (int i = 0; i < 100_000; i++) {
                    channel.write(FrameKind.PROGRESS, eight(seq), eight(i), eight(-1));
                }
                done(seq, number(1));
            }
            case REVIVING -> done(seq, number(1));
            case MUTE, CLINGING -> sleepForEver();
            case WIPING -> {
                for (int i = 0; i < StartBoard.SLOTS; i++) {
                    board.offer(StartBoard.SLOTS * 1_000L + i);
                }
                Runtime.getRuntime().halt(9);
            }
            default -> throw new IllegalStateException(evil.name());
        }
        channel.flush();
    }

    private void started(long seq) throws IOException {
        channel.write(FrameKind.STARTED, eight(seq));
    }

    private void done(long seq, byte[] result) throws IOException {
        channel.write(FrameKind.DONE, eight(seq), eight(0), new byte[1], result);
    }

    static byte[] number(int value) {
        return WireType.of(Integer.class).encode(value, WireLimits.DEFAULT);
    }

    static byte[] eight(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }
}
