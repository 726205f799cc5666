package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What to answer. The length and the connection's fate are added when it is written.
 *
 * @param wholeImage whether this is one of the gallery's images from its first to its last byte
 */
record Answer(HttpResponseStatus status, HttpHeaders headers, Body body, boolean wholeImage, Delivery delivery) {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final Delivery WHOLE = new Delivery.Whole();

    /** What follows the headers. */
    sealed interface Body {
        long length();

        Body part(long from, long length);
    }

    record Bytes(ByteBuffer buffer) implements Body {
        @Override
        public long length() {
            return buffer.remaining();
        }

        @Override
        public Body part(long from, long length) {
            return new Bytes(buffer.slice(buffer.position() + (int) from, (int) length));
        }
    }

    record FilePart(Path file, long position, long length) implements Body {
        @Override
        public Body part(long from, long length) {
            return new FilePart(file, position + from, length);
        }
    }

    static Answer of(HttpResponseStatus status, HttpHeaders headers, Body body, boolean wholeImage) {
        return new Answer(status, headers, body, wholeImage, WHOLE);
    }

    static Answer of(HttpResponseStatus status, String contentType, byte[] body) {
        HttpHeaders headers = noHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        return of(status, headers, new Bytes(ByteBuffer.wrap(body)), false);
    }

    static Answer of(HttpResponseStatus status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer empty(HttpResponseStatus status) {
        return of(status, noHeaders(), nothing(), false);
    }

    static Body nothing() {
        return new Bytes(NOTHING.duplicate());
    }

    Answer with(CharSequence name, Object value) {
        headers.set(name, value);
        return this;
    }

    Answer delivered(Delivery other) {
        return new Answer(status, headers, body, wholeImage, other);
    }

    /** The first half, as though it were all. */
    Answer halved() {
        return body.length() == 0
                ? delivered(Delivery.Broken.CLOSED)
                : new Answer(status, headers, body.part(0, body.length() / 2), false, delivery);
    }

    static HttpHeaders noHeaders() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }
}
