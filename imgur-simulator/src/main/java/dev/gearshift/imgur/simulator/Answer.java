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
record Answer(HttpResponseStatus status, HttpHeaders headers, Body body, boolean wholeImage) {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What follows the headers. */
    sealed interface Body {
        long length();
    }

    record Bytes(ByteBuffer buffer) implements Body {
        @Override
        public long length() {
            return buffer.remaining();
        }
    }

    record FilePart(Path file, long position, long length) implements Body {}

    static Answer of(HttpResponseStatus status, String contentType, byte[] body) {
        HttpHeaders headers = noHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        return new Answer(status, headers, new Bytes(ByteBuffer.wrap(body)), false);
    }

    static Answer of(HttpResponseStatus status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer empty(HttpResponseStatus status) {
        return new Answer(status, noHeaders(), new Bytes(NOTHING.duplicate()), false);
    }

    Answer with(CharSequence name, Object value) {
        headers.set(name, value);
        return this;
    }

    static HttpHeaders noHeaders() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }
}
