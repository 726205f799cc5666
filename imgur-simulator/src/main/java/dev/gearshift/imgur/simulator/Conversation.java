package dev.gearshift.imgur.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection: requests come in, answers go out, one after the other in the order of the requests. Waiting for the
 * latency to pass is an entry in a timer, not a thread. Runs on its connection's event loop only.
 */
final class Conversation extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    /** A slow body comes in so many. */
    private static final int SLOW_PIECES = 8;

    private final Site site;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private @Nullable HttpRequest head;
    private RequestBody body;
    private boolean hasSpoken;
    private boolean disregarded;
    private boolean answering;

    Conversation(Site site) {
        this.site = site;
        this.body = new RequestBody(site.bodies());
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
        body.release();
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
            if (message instanceof HttpContent part && head != null) {
                if (part.decoderResult().isFailure()) {
                    head = null;
                    refuse(context);
                    return;
                }
                body.add(part.content());
            }
            if (message instanceof LastHttpContent && head != null) {
                Request request = Request.of(head, body);
                head = null;
                body = new RequestBody(site.bodies());
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
        Answer answer = answerTo(turn.request);
        AnswerWriter writer = new AnswerWriter(context, turn.request, answer);
        if (answer.delivery() instanceof Delivery.Broken end) {
            breakOff(turn, writer, end);
        } else if (answer.delivery() instanceof Delivery.Slow slow) {
            trickle(turn, writer, slow.time());
        } else {
            writer.whole().addListener(written -> finish(turn, writer, written.isSuccess()));
        }
    }

    /** Half of the body, or nothing at all where there is none. */
    private void breakOff(Turn turn, AnswerWriter writer, Delivery.Broken end) {
        long half = end == Delivery.Broken.UNANSWERED ? 0 : writer.length() / 2;
        ChannelHandlerContext context = writer.context();
        ChannelFuture written = context.newSucceededFuture();
        if (half > 0) {
            writer.head();
            written = writer.part(0, half);
        }
        if (end == Delivery.Broken.STALLED) {
            return;
        }
        written.addListener(done -> {
            if (!turn.settled) {
                turn.settled = true;
                site.traffic().answerBroken();
            }
            if (end == Delivery.Broken.RESET || end == Delivery.Broken.UNANSWERED) {
                context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            }
            context.close();
        });
    }

    private void trickle(Turn turn, AnswerWriter writer, Duration time) {
        Duration pause = time.dividedBy(SLOW_PIECES);
        writer.head();
        writer.context().flush();
        trickle(turn, writer, pause, 0);
    }

    private void trickle(Turn turn, AnswerWriter writer, Duration pause, int piece) {
        site.latency().pass(pause, writer.context().executor(), () -> {
            if (!writer.context().channel().isActive()) {
                return;
            }
            long from = writer.length() * piece / SLOW_PIECES;
            long to = writer.length() * (piece + 1) / SLOW_PIECES;
            writer.part(from, to - from);
            if (piece + 1 < SLOW_PIECES) {
                trickle(turn, writer, pause, piece + 1);
            } else {
                writer.end().addListener(written -> finish(turn, writer, written.isSuccess()));
            }
        });
    }

    private void finish(Turn turn, AnswerWriter writer, boolean written) {
        if (!written) {
            abort(turn);
            writer.context().close();
            return;
        }
        if (!turn.settled) {
            turn.settled = true;
            site.traffic().answerWritten(writer.length(), writer.answer().wholeImage());
        }
        turns.remove(turn);
        answering = false;
        if (turn.request.keepAlive()) {
            answerNext(writer.context());
        } else {
            writer.context().close();
        }
    }

    private Answer answerTo(Request request) {
        try {
            return site.answer(request);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "No answer to " + request.method() + " " + masked(request), e);
            return Answer.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "text/plain", e + "\n");
        } finally {
            request.body().release();
        }
    }

    /** Without what may be a deletehash. */
    private static String masked(Request request) {
        return request.path().replaceFirst("^(/[^/]*/[^/]*).+", "$1…");
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
        turn.request.body().release();
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
