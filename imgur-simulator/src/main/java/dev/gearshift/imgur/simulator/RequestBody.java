package dev.gearshift.imgur.simulator;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/**
 * What a request carries. What is more than the limit, or than the room that all connections share, is read to its end
 * and not kept. Belongs to one event loop.
 */
final class RequestBody {

    /** What became of it. */
    enum State {
        KEPT,
        TOO_LARGE,
        NO_ROOM
    }

    private final BodyRoom room;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private State state = State.KEPT;

    RequestBody(BodyRoom room) {
        this.room = room;
    }

    void add(ByteBuf part) {
        int length = part.readableBytes();
        if (state != State.KEPT || length == 0) {
            return;
        }
        if (bytes.size() + (long) length > room.oneBody()) {
            drop(State.TOO_LARGE);
        } else if (!room.take(length)) {
            drop(State.NO_ROOM);
        } else {
            byte[] copy = new byte[length];
            part.readBytes(copy);
            bytes.writeBytes(copy);
        }
    }

    State state() {
        return state;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Gives the memory back; afterwards it is empty. */
    void release() {
        room.giveBack(bytes.size());
        bytes = new ByteArrayOutputStream(0);
    }

    private void drop(State reason) {
        release();
        state = reason;
    }
}
