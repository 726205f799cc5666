package dev.gearshift.imgur.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.Date;

/** Writes an answer to a connection, whole or in parts. */
record AnswerWriter(ChannelHandlerContext context, Request request, Answer answer) {

    /** How many bytes of the body are to be written. */
    long length() {
        return request.isHead() ? 0 : answer.body().length();
    }

    ChannelFuture whole() {
        if (!request.isHead() && answer.body() instanceof Answer.FilePart) {
            head();
            part(0, length());
            return end();
        }
        return context.writeAndFlush(new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                answer.status(),
                !request.isHead() && answer.body() instanceof Answer.Bytes bytes
                        ? Unpooled.wrappedBuffer(bytes.buffer())
                        : Unpooled.EMPTY_BUFFER,
                headers(),
                Answer.noHeaders()));
    }

    void head() {
        context.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status(), headers()));
    }

    ChannelFuture part(long from, long length) {
        Answer.Body part = answer.body().part(from, length);
        if (part instanceof Answer.Bytes bytes) {
            return context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes.buffer())));
        }
        Answer.FilePart file = (Answer.FilePart) part;
        DefaultFileRegion region = new DefaultFileRegion(file.file().toFile(), file.position(), file.length());
        try {
            region.open();
        } catch (IOException e) {
            region.release();
            context.close();
            return context.newFailedFuture(e);
        }
        return context.writeAndFlush(region);
    }

    ChannelFuture end() {
        return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private HttpHeaders headers() {
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.DATE, DateFormatter.format(new Date()));
        if (!answer.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length());
        }
        if (!request.keepAlive()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return headers;
    }
}
