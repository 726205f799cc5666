package dev.gearshift.imgur.simulator;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The live counts behind {@link SimulatorStats}. Thread-safe; each count is exact, a snapshot of all is not atomic. */
final class Traffic {

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong imageRequests = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong openConnections = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong peakInFlight = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong imagesSent = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicLong credits = new AtomicLong();
    private final AtomicLong overBudget = new AtomicLong();
    private final Map<Fault, AtomicLong> faults = new EnumMap<>(Fault.class);

    Traffic() {
        for (Fault fault : Fault.values()) {
            faults.put(fault, new AtomicLong());
        }
    }

    void connectionOpened() {
        connections.incrementAndGet();
        openConnections.incrementAndGet();
    }

    void connectionClosed() {
        openConnections.decrementAndGet();
    }

    /** A connection that turns out to serve the simulator's own pages is no traffic. */
    void connectionDisregarded() {
        connections.decrementAndGet();
        openConnections.decrementAndGet();
    }

    void requestRead(boolean forImage) {
        requests.incrementAndGet();
        if (forImage) {
            imageRequests.incrementAndGet();
        }
        peakInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    }

    void answerWritten(long bodyBytes, boolean wholeImage) {
        bytesSent.addAndGet(bodyBytes);
        if (wholeImage) {
            imagesSent.incrementAndGet();
        }
        inFlight.decrementAndGet();
    }

    void answerAborted() {
        aborted.incrementAndGet();
        inFlight.decrementAndGet();
    }

    /** The answer ended where it was meant to break off. */
    void answerBroken() {
        inFlight.decrementAndGet();
    }

    void creditsSpent(int cost) {
        credits.addAndGet(cost);
    }

    void overBudget() {
        overBudget.incrementAndGet();
    }

    void injected(Fault fault) {
        requireNonNull(faults.get(fault)).incrementAndGet();
    }

    void reset() {
        for (AtomicLong count :
                new AtomicLong[] {requests, imageRequests, bytesSent, imagesSent, aborted, credits, overBudget}) {
            count.set(0);
        }
        faults.values().forEach(count -> count.set(0));
        connections.set(openConnections.get());
        peakInFlight.set(inFlight.get());
    }

    SimulatorStats snapshot() {
        return new SimulatorStats(
                requests.get(),
                imageRequests.get(),
                connections.get(),
                openConnections.get(),
                inFlight.get(),
                peakInFlight.get(),
                bytesSent.get(),
                imagesSent.get(),
                aborted.get(),
                credits.get(),
                overBudget.get(),
                injected());
    }

    private Map<Fault, Long> injected() {
        Map<Fault, Long> counts = new EnumMap<>(Fault.class);
        faults.forEach((fault, count) -> {
            if (count.get() > 0) {
                counts.put(fault, count.get());
            }
        });
        return counts;
    }
}
