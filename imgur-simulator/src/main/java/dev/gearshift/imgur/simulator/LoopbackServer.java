package dev.gearshift.imgur.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The listening socket and the two event loops that its connections share.
 *
 * <p>The loops are held one by one rather than in a Netty group: the end of a group is announced on Netty's global
 * executor, whose thread would outlive {@link #close()} by a second.
 */
final class LoopbackServer implements AutoCloseable {

    private static final int EVENT_LOOPS = 2;
    private static final int BACKLOG = 4096;
    private static final int CLOSE_SECONDS = 5;

    private final List<IoEventLoop> loops;
    private final LoopThreads threads;
    private final NioServerSocketChannel listener;
    private final ChannelGroup connections;

    private LoopbackServer(List<IoEventLoop> loops, LoopThreads threads, NioServerSocketChannel listener) {
        this.loops = loops;
        this.threads = threads;
        this.listener = listener;
        this.connections = new DefaultChannelGroup(loops.get(0), true);
    }

    /** Takes the port; connections wait in the backlog until {@link #serve}. */
    static LoopbackServer bind(int port) {
        LoopThreads threads = new LoopThreads();
        List<IoEventLoop> loops = List.of(newLoop(threads), newLoop(threads));
        NioServerSocketChannel listener = new NioServerSocketChannel();
        LoopbackServer server = new LoopbackServer(loops, threads, listener);
        listener.config().setAutoRead(false);
        listener.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        try {
            loops.get(0).register(listener).syncUninterruptibly();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .syncUninterruptibly();
        } catch (Exception e) {
            server.close();
            throw new IllegalStateException(
                    "Port " + port + " on 127.0.0.1 cannot be used (" + e.getMessage()
                            + "). Stop what holds it, choose another port, or use port 0 for any free one.",
                    e);
        }
        return server;
    }

    private static IoEventLoop newLoop(ThreadFactory threads) {
        return new SingleThreadIoEventLoop(null, threads, NioIoHandler.newFactory());
    }

    int port() {
        return listener.localAddress().getPort();
    }

    List<IoEventLoop> loops() {
        return loops;
    }

    void serve(Site site) {
        listener.pipeline().addLast(new Reception(site));
        listener.config().setAutoRead(true);
    }

    /** Closes the port and every connection, and waits until the threads have ended. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        for (IoEventLoop loop : loops) {
            loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        for (IoEventLoop loop : loops) {
            loop.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        threads.join();
    }

    /** Remembers the loops' threads: a loop calls itself terminated a moment before its thread ends. */
    private static final class LoopThreads implements ThreadFactory {

        private final ThreadFactory factory = new DefaultThreadFactory("imgur-simulator", true);
        private final List<Thread> made = new CopyOnWriteArrayList<>();

        @Override
        public Thread newThread(Runnable loop) {
            Thread thread = factory.newThread(loop);
            made.add(thread);
            return thread;
        }

        void join() {
            try {
                for (Thread thread : made) {
                    thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives each accepted connection its conversation and, in turn, one of the loops. */
    private final class Reception extends ChannelInboundHandlerAdapter {

        private final Site site;
        private final AtomicInteger accepted = new AtomicInteger();

        Reception(Site site) {
            this.site = site;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel connection = (Channel) message;
            connection.config().setOption(ChannelOption.TCP_NODELAY, true);
            connection.pipeline().addLast(new HttpServerCodec(), new Conversation(site));
            connections.add(connection);
            int turn = accepted.getAndIncrement() & Integer.MAX_VALUE;
            loops.get(turn % EVENT_LOOPS).register(connection);
        }
    }
}
