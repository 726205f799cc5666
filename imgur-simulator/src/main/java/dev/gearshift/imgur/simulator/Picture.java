package dev.gearshift.imgur.simulator;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The bytes of an image and what is known about them, whatever ids they are served under.
 *
 * @param type the MIME type
 * @param width in pixels, 0 when unknown
 * @param height in pixels, 0 when unknown
 * @param bytes the exact length
 * @param sha256 of the bytes, in hexadecimal
 * @param content where the bytes are
 */
record Picture(String type, int width, int height, long bytes, String sha256, Content content) {

    /** Where the bytes are. */
    sealed interface Content permits InMemory, OnDisk {}

    /** Only ever duplicated; a direct buffer is written to any number of sockets at once without a copy. */
    record InMemory(ByteBuffer buffer) implements Content {}

    record OnDisk(Path file) implements Content {}

    static Picture inMemory(String type, int width, int height, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        return new Picture(type, width, height, bytes.length, Sha256.hex(bytes), new InMemory(buffer));
    }

    /** For what doesn't stay: a direct buffer is freed too late. */
    static Picture onHeap(String type, int width, int height, byte[] bytes) {
        return new Picture(type, width, height, bytes.length, Sha256.hex(bytes), new InMemory(ByteBuffer.wrap(bytes)));
    }

    String etag() {
        return '"' + sha256.substring(0, 32) + '"';
    }
}
