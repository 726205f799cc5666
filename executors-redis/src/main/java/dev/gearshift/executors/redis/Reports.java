package dev.gearshift.executors.redis;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a worker tells Redis of its tasks: one thread sends it, many at once, and again until Redis has it. A task counts
 * as the worker's until then.
 */
final class Reports {
    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    private static final int BATCH = 64;

    /** With so many unsent, the submitters cannot follow, and hear less of what is on its way. */
    private static final int TOO_MANY = 1_000;

    private static final long PAUSE_MILLIS = 100;
    private static final long NOW_AND_THEN_MILLIS = 20;

    /** An answer that is longer is fetched by whoever waits for it. */
    private static final int LONGEST_PUSHED = 16 * 1024;

    private final String worker;
    private final RedisSettings settings;
    private final Link link;
    private final ConcurrentMap<String, Assignment> assignments;
    private final Runnable onDelayed;
    private final Runnable nowAndThen;
    private final BlockingQueue<Report> unsent = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Outage outage;

    private volatile boolean ending;
    private volatile boolean abandoned;

    private interface Report {
        /** What to ask of Redis; null for nothing. */
        Link.@Nullable Call call();

        /** Redis has it. */
        void sent(@Nullable Object reply);

        /** Whether it is sent again if Redis refuses. */
        default boolean matters() {
            return true;
        }
    }

    /**
     * Not started yet.
     *
     * @param onDelayed called when a task was put off
     * @param nowAndThen called often while there are tasks
     */
    Reports(
            String worker,
            RedisSettings settings,
            ConcurrentMap<String, Assignment> assignments,
            Runnable onDelayed,
            Runnable nowAndThen) {
        this.worker = worker;
        this.settings = settings;
        this.assignments = assignments;
        this.onDelayed = onDelayed;
        this.nowAndThen = nowAndThen;
        this.link = new Link(settings.address(), worker + "-reports", settings.answerLimit());
        this.outage = new Outage(worker + " cannot report");
        this.thread = new Thread(null, this::send, worker + "-reports", 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Link link() {
        return link;
    }

    /** What an assignment is listed by: entries of two queues may have the same number. */
    static String key(String queue, String entryId) {
        return queue + "/" + entryId;
    }

    /** It is over. */
    void finished(Assignment assignment, byte[] answer, String whyDead) {
        unsent.add(new Report() {
            @Override
            public Link.Call call() {
                return finish(assignment, answer, whyDead);
            }

            @Override
            public void sent(@Nullable Object reply) {
                if (Long.valueOf(0).equals(reply)) {
                    LOG.log(
                            Level.INFO,
                            "The answer of task {0} is dropped: it was overdue, and another worker has it.",
                            assignment.id());
                }
                forget(assignment);
            }
        });
    }

    private Link.Call finish(Assignment assignment, byte[] answer, String whyDead) {
        return Link.Call.of(
                Script.FINISH,
                assignment.queue(),
                worker,
                assignment.entryId(),
                assignment.id(),
                assignment.raw().submitter(),
                answer,
                settings.resultTtl().toMillis(),
                whyDead,
                settings.deadCap(),
                LONGEST_PUSHED);
    }

    /**
     * It waits for another attempt.
     *
     * @param note what its submitter is told
     * @param failures how many to count
     * @param losses how many lost workers to count
     * @param cancelled the answer if it was cancelled meanwhile
     */
    void again(Assignment assignment, byte[] note, int failures, int losses, Duration delay, byte[] cancelled) {
        unsent.add(new Report() {
            @Override
            public Link.Call call() {
                return Link.Call.of(
                        Script.AGAIN,
                        assignment.queue(),
                        worker,
                        assignment.entryId(),
                        assignment.id(),
                        assignment.raw().submitter(),
                        note,
                        settings.resultTtl().toMillis(),
                        failures,
                        losses,
                        delay.toMillis());
            }

            @Override
            public void sent(@Nullable Object reply) {
                forgetUnless(reply, assignment, cancelled);
                if (!delay.isZero()) {
                    onDelayed.run();
                }
            }
        });
    }

    /**
     * It was not run to its end here, and is for others, as if it had never been here; unless nobody wants it any more.
     *
     * @param losses how many lost workers it is given back with
     * @param cancelled the answer if it was cancelled meanwhile
     */
    void returned(Assignment assignment, int losses, byte[] cancelled) {
        unsent.add(new Report() {
            @Override
            public Link.@Nullable Call call() {
                if (hasComeBack(assignment)) {
                    return null; // Redis has heard it, though its answer was lost.
                }
                return assignment.isWithdrawn()
                        ? finish(assignment, cancelled, "")
                        : Link.Call.of(
                                Script.RETURN,
                                assignment.queue(),
                                worker,
                                assignment.entryId(),
                                assignment.id(),
                                settings.lease().toMillis(),
                                losses);
            }

            @Override
            public void sent(@Nullable Object reply) {
                forgetUnless(reply, assignment, cancelled);
                if (assignment.isWithdrawn()) {
                    withdrawn(assignment, cancelled);
                }
            }
        });
    }

    /** Nobody wants it, as was heard while it was given back. */
    private void withdrawn(Assignment assignment, byte[] cancelled) {
        unsent.add(new Report() {
            @Override
            public Link.Call call() {
                return Link.Call.of(
                        Script.CANCEL,
                        assignment.queue(),
                        assignment.id(),
                        0,
                        cancelled,
                        settings.resultTtl().toMillis(),
                        1);
            }

            @Override
            public void sent(@Nullable Object reply) {}
        });
    }

    /** Something about a task on its way; left out if there is too much of it. */
    void note(String queue, String submitter, byte[] answer) {
        if (submitter.isEmpty() || unsent.size() > TOO_MANY) {
            return;
        }
        unsent.add(new Report() {
            @Override
            public Link.Call call() {
                return Link.Call.of(
                        Script.NOTE, queue, submitter, settings.resultTtl().toMillis(), answer);
            }

            @Override
            public void sent(@Nullable Object reply) {}

            @Override
            public boolean matters() {
                return false;
            }
        });
    }

    /** Unless it was cancelled, and is still to be finished. */
    private void forgetUnless(@Nullable Object reply, Assignment assignment, byte[] cancelled) {
        if (Long.valueOf(2).equals(reply)) {
            finished(assignment, cancelled, "");
        } else {
            forget(assignment);
        }
    }

    /** Whether this worker has its entry again. */
    private boolean hasComeBack(Assignment assignment) {
        return assignments.getOrDefault(key(assignment.queue(), assignment.entryId()), assignment) != assignment;
    }

    /** It is not this worker's any more. */
    void forget(Assignment assignment) {
        assignments.remove(key(assignment.queue(), assignment.entryId()), assignment);
    }

    /** Runs something on the thread that reports, which may lead to a report. */
    void soon(Runnable step) {
        unsent.add(new Report() {
            @Override
            public Link.@Nullable Call call() {
                step.run();
                return null;
            }

            @Override
            public void sent(@Nullable Object reply) {}
        });
    }

    private void send() {
        List<Report> batch = new ArrayList<>();
        while (!abandoned && !(ending && batch.isEmpty() && unsent.isEmpty())) {
            try {
                if (batch.isEmpty()) {
                    Report first = unsent.poll(
                            assignments.isEmpty() ? PAUSE_MILLIS : NOW_AND_THEN_MILLIS, TimeUnit.MILLISECONDS);
                    if (first == null) {
                        nowAndThen.run();
                        continue;
                    }
                    batch.add(first);
                }
                unsent.drainTo(batch, BATCH - batch.size());
                send(batch);
            } catch (InterruptedException e) {
                abandoned = true;
            } catch (RuntimeException | Error e) {
                outage.begins(e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    /** Takes out of the batch what Redis has taken. */
    private void send(List<Report> batch) {
        List<Link.Call> calls = new ArrayList<>();
        for (Iterator<Report> reports = batch.iterator(); reports.hasNext(); ) {
            Link.Call call = reports.next().call();
            if (call == null) {
                reports.remove();
            } else {
                calls.add(call);
            }
        }
        if (calls.isEmpty()) {
            return;
        }
        List<@Nullable Object> replies = link.calls(calls);
        Iterator<Report> reports = batch.iterator();
        JedisDataException refused = null;
        for (Object reply : replies) {
            Report report = reports.next();
            if (reply instanceof JedisDataException refusal && report.matters()) {
                refused = refusal;
            } else {
                reports.remove();
                report.sent(reply);
            }
        }
        if (refused == null) {
            outage.ends();
        } else {
            outage.begins(refused);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
    }

    /** Sends what is there, for a while, and no more after that. */
    void close(Duration limit) {
        ending = true;
        Uninterruptibly.join(thread, limit);
        abandoned = true;
        link.close();
        Uninterruptibly.join(thread, limit);
    }
}
