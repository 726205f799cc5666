package dev.gearshift.executors.redis;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection to Redis, made when it is needed and again after it has broken; one caller at a time has it. Nothing
 * waits longer for an answer than the limit, whatever became of the other end. Thread-safe.
 */
final class Link implements AutoCloseable {
    /** What is as if Redis could not be reached: it starts, is busy, or is no longer the one that takes changes. */
    private static final Pattern PASSING =
            Pattern.compile("(LOADING|BUSY|MASTERDOWN|READONLY|TRYAGAIN|CLUSTERDOWN)\\b");

    private final RedisAddress address;
    private final String name;
    private final int limitMillis;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock, but for {@link #close}. */
    private volatile @Nullable Connection connection;

    private volatile boolean closed;
    private volatile boolean down;

    /** By when the exchange that is under way has to be over, in terms of {@code nanoTime}; 0 if none is. */
    private volatile long deadline;

    /**
     * Not connected yet.
     *
     * @param name what Redis lists it as
     * @param limit how long to wait for a connection, and for an answer
     */
    Link(RedisAddress address, String name, Duration limit) {
        this.address = address;
        this.name = name;
        this.limitMillis = (int) Math.min(Integer.MAX_VALUE / 2, Math.max(1, limit.toMillis()));
    }

    /** Something to ask of Redis. */
    record Call(@Nullable Script script, CommandArguments command) {
        static Call of(Command command, Object... arguments) {
            return new Call(null, new CommandArguments(command).addObjects(arguments));
        }

        static Call of(Script script, String queue, Object... arguments) {
            return new Call(
                    script,
                    new CommandArguments(Command.EVALSHA)
                            .add(script.digest())
                            .add(1)
                            .add(queue)
                            .addObjects(arguments));
        }

        /** With the text of the script, for a Redis that has not seen it yet. */
        private CommandArguments unabridged() {
            CommandArguments full =
                    new CommandArguments(Command.EVAL).add(script == null ? new byte[0] : script.text());
            for (int i = 2; i < command.size(); i++) {
                full.add(command.get(i));
            }
            return full;
        }
    }

    /**
     * The answer: bytes, a {@code Long}, a list of such, or null.
     *
     * @throws LinkException if there is none
     * @throws JedisDataException if Redis refuses
     */
    @Nullable
    Object call(Call call) {
        return orThrow(calls(List.of(call)).get(0));
    }

    @Nullable
    Object call(Script script, String queue, Object... arguments) {
        return call(Call.of(script, queue, arguments));
    }

    @Nullable
    Object call(Command command, Object... arguments) {
        return call(Call.of(command, arguments));
    }

    private static @Nullable Object orThrow(@Nullable Object answer) {
        if (answer instanceof JedisDataException refusal) {
            throw refusal;
        }
        return answer;
    }

    /**
     * The answers to several, sent at once; a {@link JedisDataException} among them is that of one that was refused.
     *
     * @throws LinkException if any is missing; some may have been done all the same
     */
    List<@Nullable Object> calls(List<Call> calls) {
        return with(limitMillis, open -> {
            for (Call call : calls) {
                open.sendCommand(call.command());
            }
            List<@Nullable Object> answers = answers(open, calls.size());
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i) instanceof JedisDataException refusal && isUnknownScript(refusal)) {
                    open.sendCommand(calls.get(i).unabridged());
                    answers.set(i, answers(open, 1).get(0));
                }
            }
            return answers;
        });
    }

    private static List<@Nullable Object> answers(Connection open, int count) {
        List<@Nullable Object> answers = new ArrayList<>(open.getMany(count));
        for (Object answer : answers) {
            if (answer instanceof JedisDataException refusal && isPassing(refusal)) {
                throw new JedisConnectionException(refusal.getMessage(), refusal);
            }
        }
        return answers;
    }

    private static boolean isPassing(JedisDataException refusal) {
        return refusal.getMessage() != null
                && PASSING.matcher(refusal.getMessage()).lookingAt();
    }

    private static boolean isUnknownScript(JedisDataException refusal) {
        return refusal.getMessage() != null && refusal.getMessage().startsWith("NOSCRIPT");
    }

    /**
     * The answer to one that Redis may leave unanswered for that long.
     *
     * @throws LinkException if there is none that long and the limit later
     * @throws JedisDataException if Redis refuses
     */
    @SuppressWarnings("NullAway") // it takes the answer for one that is always there
    @Nullable
    Object await(Duration longest, Command command, Object... arguments) {
        return with(limitMillis + (int) longest.toMillis(), open -> {
            open.sendCommand(new CommandArguments(command).addObjects(arguments));
            return orThrow(answers(open, 1).get(0));
        });
    }

    private interface Exchange<R extends @Nullable Object> {
        R on(Connection open);
    }

    @SuppressWarnings("NullAway") // whatever the exchange gives
    private <R extends @Nullable Object> R with(int millis, Exchange<R> exchange) {
        lock.lock();
        try {
            Connection open = connected();
            try {
                // A write has no limit of its own.
                deadline = (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis + 2L * limitMillis)) | 1;
                open.setSoTimeout(millis);
                R answer = exchange.on(open);
                down = false;
                return answer;
            } catch (JedisDataException e) {
                throw e;
            } catch (JedisException e) {
                drop();
                down = true;
                throw lost(e);
            } catch (RuntimeException | Error e) {
                drop(); // What it has left unread would be taken for the next answer.
                throw e;
            } finally {
                deadline = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the latest exchange has failed, so that the next may take long. */
    boolean isDown() {
        return down;
    }

    /** Ends an exchange that should have been over long ago; called by the {@link LinkWatch}. */
    void endIfStuck() {
        long until = deadline;
        if (until != 0 && System.nanoTime() - until > 0) {
            drop();
        }
    }

    private Connection connected() {
        Connection open = connection;
        if (open != null) {
            return open;
        }
        if (closed) {
            throw new LinkException("The connection to " + address + " is closed.", new JedisException("closed"));
        }
        try {
            DefaultJedisClientConfig config = config();
            open = new Connection(new OneSocket(new HostAndPort(address.host(), address.port()), config), config);
            connection = open;
            open.connect();
            LinkWatch.add(this);
        } catch (JedisDataException e) {
            drop();
            throw e;
        } catch (JedisException e) {
            drop();
            down = true;
            throw lost(e);
        }
        if (closed) {
            close();
            throw new LinkException("The connection to " + address + " is closed.", new JedisException("closed"));
        }
        return open;
    }

    /** Else a connection that was ended might connect again by itself, without anybody who sees to its end. */
    private static final class OneSocket extends DefaultJedisSocketFactory {
        private boolean isUsed;

        OneSocket(HostAndPort address, DefaultJedisClientConfig config) {
            super(address, config);
        }

        @Override
        public Socket createSocket() {
            if (isUsed) {
                throw new JedisConnectionException("the connection was ended");
            }
            isUsed = true;
            return super.createSocket();
        }
    }

    private DefaultJedisClientConfig config() {
        return DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(limitMillis)
                .socketTimeoutMillis(limitMillis)
                .user(address.user())
                .password(address.password())
                .database(address.database())
                .sslOptions(address.tls() ? SslOptions.defaults() : null)
                .resp2()
                .clientName(name)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
    }

    private LinkException lost(JedisException e) {
        Throwable innermost = e;
        for (Throwable next = e; next != null; next = within(next)) {
            innermost = next;
        }
        String why = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        return new LinkException("Redis at " + address + " cannot be reached (" + why + ").", e);
    }

    /** Of several addresses of a host, each has failed in a way of its own. */
    private static @Nullable Throwable within(Throwable e) {
        return e.getCause() == null && e.getSuppressed().length > 0 ? e.getSuppressed()[0] : e.getCause();
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            disconnect(open);
        }
    }

    private static void disconnect(Connection open) {
        try {
            open.forceDisconnect();
        } catch (IOException | JedisException e) {
            return; // It was broken already.
        }
    }

    RedisAddress address() {
        return address;
    }

    /** Whoever waits for an answer hears that it was closed. */
    @Override
    public void close() {
        closed = true;
        drop();
        LinkWatch.remove(this);
    }
}
