package dev.gearshift.imgur.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection: requests come in, answers go out, one after the other in the order of the requests. Waiting for the
 * latency to pass is an entry in a timer, not a thread. Runs on its connection's event loop only.
 */
final class Conversation extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    private final Site site;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private @Nullable HttpRequest head;
    private boolean hasSpoken;
    private boolean disregarded;
    private boolean answering;

    Conversation(Site site) {
        this.site = site;
    }

    /** A request and whether it still counts as in flight. */
    private static final class Turn {

        final Request request;
        boolean settled;

        Turn(Request request) {
            this.request = request;
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        site.traffic().connectionOpened();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        turns.forEach(this::abort);
        turns.clear();
        if (!disregarded) {
            site.traffic().connectionClosed();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                if (request.decoderResult().isFailure()) {
                    refuse(context);
                    return;
                }
                if (HttpUtil.is100ContinueExpected(request)) {
                    context.writeAndFlush(
                            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
                }
                head = request;
            }
            if (message instanceof LastHttpContent && head != null) {
                Request request = Request.of(head);
                head = null;
                read(context, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext context, Request request) {
        Turn turn = new Turn(request);
        if (request.isForSimulator()) {
            turn.settled = true;
            if (!hasSpoken) {
                disregarded = true;
                site.traffic().connectionDisregarded();
            }
        } else {
            site.traffic().requestRead(request.isForImage());
        }
        hasSpoken = true;
        turns.add(turn);
        if (!answering) {
            answerNext(context);
        }
    }

    private void answerNext(ChannelHandlerContext context) {
        Turn turn = turns.peek();
        if (turn == null) {
            return;
        }
        answering = true;
        if (turn.request.isForSimulator()) {
            site.onceCounted(() -> context.executor().execute(() -> answer(context, turn)));
        } else {
            site.latency().pass(context.executor(), () -> answer(context, turn));
        }
    }

    private void answer(ChannelHandlerContext context, Turn turn) {
        if (!context.channel().isActive()) {
            return;
        }
        Request request = turn.request;
        Answer answer = answerTo(request);
        long bodyBytes = request.isHead() ? 0 : answer.body().length();
        write(context, request, answer).addListener(written -> {
            if (!written.isSuccess()) {
                abort(turn);
                context.close();
                return;
            }
            if (!turn.settled) {
                turn.settled = true;
                site.traffic().answerWritten(bodyBytes, answer.wholeImage());
            }
            turns.remove(turn);
            answering = false;
            if (request.keepAlive()) {
                answerNext(context);
            } else {
                context.close();
            }
        });
    }

    private Answer answerTo(Request request) {
        try {
            return site.answer(request);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "No answer to " + request.method() + " " + request.path(), e);
            return Answer.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "text/plain", e + "\n");
        }
    }

    private ChannelFuture write(ChannelHandlerContext context, Request request, Answer answer) {
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.DATE, DateFormatter.format(new Date()));
        if (!answer.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length());
        }
        if (!request.keepAlive()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (!request.isHead() && answer.body() instanceof Answer.FilePart part) {
            return writeFile(context, answer, part);
        }
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                answer.status(),
                !request.isHead() && answer.body() instanceof Answer.Bytes bytes
                        ? Unpooled.wrappedBuffer(bytes.buffer())
                        : Unpooled.EMPTY_BUFFER,
                headers,
                Answer.noHeaders());
        return context.writeAndFlush(response);
    }

    private static ChannelFuture writeFile(ChannelHandlerContext context, Answer answer, Answer.FilePart part) {
        DefaultFileRegion region = new DefaultFileRegion(part.file().toFile(), part.position(), part.length());
        try {
            region.open();
        } catch (IOException e) {
            region.release();
            return context.newFailedFuture(e);
        }
        context.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status(), answer.headers()));
        context.write(region);
        return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void refuse(ChannelHandlerContext context) {
        HttpHeaders headers = Answer.noHeaders();
        headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.BAD_REQUEST,
                        Unpooled.EMPTY_BUFFER,
                        headers,
                        Answer.noHeaders()))
                .addListener(written -> context.close());
    }

    private void abort(Turn turn) {
        if (!turn.settled) {
            turn.settled = true;
            site.traffic().answerAborted();
        }
    }

    /** A client that resets its connection is a client that went away: an event, not an error. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(System.Logger.Level.WARNING, "A connection failed", cause);
        }
        context.close();
    }
}
