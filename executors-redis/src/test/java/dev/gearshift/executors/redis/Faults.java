package dev.gearshift.executors.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** Workers, and all that can happen to them, to Redis and to the links, at random. */
final class Faults implements AutoCloseable {
    static final int WORKERS = 2;
    static final Duration ANSWER = Duration.ofMillis(500);

    private static final int PARALLELISM = 4;
    private static final int LONGEST_MILLIS = 1_200;
    private static final int MOST_BETWEEN_MILLIS = 500;

    private final PrivateRedis redis;
    private final List<FaultyLink> links = new ArrayList<>();
    private final List<Crew> crews = new ArrayList<>();
    private final Random random;
    private final ScheduledThreadPoolExecutor healer = new ScheduledThreadPoolExecutor(1);
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread = new Thread(null, this::happen, "faults", 0, false);
    private final long since = System.nanoTime();

    /** How long Redis may lose its memory, so that what ends later has to be there. */
    private final Duration forgetting;

    private volatile long forgotAt = since;
    private volatile @Nullable Throwable failure;

    /**
     * Starts the workers.
     *
     * @param submitters the submitters' link, to which things happen, too
     * @param strategy of the workers
     * @param forgetting how long Redis may lose its memory now and then
     */
    Faults(PrivateRedis redis, FaultyLink submitters, String strategy, Random random, Duration forgetting) {
        this.forgetting = forgetting;
        this.redis = redis;
        this.random = random;
        links.add(submitters);
        for (int i = 0; i < WORKERS; i++) {
            FaultyLink link = new FaultyLink(redis.port());
            links.add(link);
            crews.add(new Crew(() -> WorkerProcess.start(
                    List.of(
                            "-Dgearshift.redis.uri=" + link.uri(redis),
                            "-Dgearshift.redis.lease=" + Redises.LEASE.toMillis() + "ms",
                            "-Dgearshift.redis.answerLimit=" + ANSWER.toMillis() + "ms"),
                    strategy,
                    PARALLELISM,
                    "default")));
        }
    }

    void begin() {
        thread.start();
    }

    private void happen() {
        try {
            do {
                happens(random.nextInt(100), 100 + random.nextInt(LONGEST_MILLIS));
            } while (!ending.await(50 + random.nextInt(MOST_BETWEEN_MILLIS), TimeUnit.MILLISECONDS));
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void happens(int dice, int millis) {
        FaultyLink link = links.get(random.nextInt(links.size()));
        WorkerProcess worker = crews.get(random.nextInt(crews.size())).now();
        if (dice < 8) {
            worker.process().destroyForcibly();
        } else if (dice < 20) {
            worker.signal("STOP");
            later(millis * 3, () -> worker.signal("CONT"));
        } else if (dice < 35) {
            link.cut();
        } else if (dice < 45) {
            link.silence(random.nextBoolean(), random.nextBoolean());
            later(millis, link::heal);
        } else if (dice < 55) {
            link.halfOpen();
        } else if (dice < 62) {
            link.refuse();
            link.cut();
            later(millis, link::heal);
        } else if (dice < 72) {
            link.delay(millis / 10);
            later(millis, link::heal);
        } else if (dice < 76 && mayForget()) {
            redis.kill(); // It loses the last moment, if that is not on the disk yet.
            redis.restart();
            forgotAt = System.nanoTime();
        } else if (dice < 79 && mayForget()) {
            Redises.tell(redis, Command.FLUSHALL);
            forgotAt = System.nanoTime();
        } else if (dice < 86) {
            Redises.tell(redis, Command.SCRIPT, "FLUSH");
        } else if (dice < 94) {
            Redises.tell(redis, Command.CLIENT, "KILL", "TYPE", "normal");
        } else {
            Redises.tell(redis, Command.CLIENT, "PAUSE", millis);
        }
    }

    private boolean mayForget() {
        return System.nanoTime() - since < forgetting.toNanos();
    }

    private void later(int millis, Runnable heal) {
        var unused = healer.schedule(heal, millis, TimeUnit.MILLISECONDS);
    }

    /** Ends them, but not before that long after they began; then all is well. */
    void endAfter(Duration time) throws InterruptedException {
        long left = since + time.toNanos() - System.nanoTime();
        boolean unused = new CountDownLatch(1).await(Math.max(0, left), TimeUnit.NANOSECONDS);
        end();
        if (failure != null) {
            throw new AssertionError("The faults have failed", failure);
        }
    }

    private void end() throws InterruptedException {
        ending.countDown();
        thread.join();
        healer.shutdown(); // What it still has to heal, it heals.
        boolean unused = healer.awaitTermination(1, TimeUnit.MINUTES);
        links.forEach(FaultyLink::heal);
    }

    /** When Redis has lost its memory for the last time, in terms of {@code nanoTime}, or when it began. */
    long forgotAt() {
        return forgotAt;
    }

    @Override
    public void close() {
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        crews.forEach(Crew::close);
        links.subList(1, links.size()).forEach(FaultyLink::close);
    }
}
