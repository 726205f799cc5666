package dev.gearshift.imgur.simulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a simulator has seen, since its start or since its counts were last reset. The simulator's own pages
 * ({@code /stats}, {@code /simulator/…}) and the connections opened for them are left out, so that looking does not
 * change what is seen.
 *
 * @param requests requests read to their end
 * @param imageRequests those among them that went to the image host
 * @param connections connections accepted
 * @param openConnections connections open now
 * @param inFlight requests read to their end whose answer is not yet written to its end
 * @param peakInFlight the most there ever were of those at once
 * @param bytesSent bytes of the bodies of all answers written to their end
 * @param imagesSent whole images (answer 200 to a GET) written to their end
 * @param aborted requests whose client went away before the answer was written to its end
 * @param credits what the calls to the API cost that were let through
 * @param overBudget calls to the API that were answered 429 because their credits, or posts, were used up: what a client
 *     that minds its limits never meets
 * @param faults how many of each kind were injected; those that never were are absent
 */
public record SimulatorStats(
        long requests,
        long imageRequests,
        long connections,
        long openConnections,
        long inFlight,
        long peakInFlight,
        long bytesSent,
        long imagesSent,
        long aborted,
        long credits,
        long overBudget,
        Map<Fault, Long> faults) {

    /** Makes the counts of the faults unchangeable. */
    public SimulatorStats {
        faults = Collections.unmodifiableMap(faults.isEmpty() ? Map.of() : new EnumMap<>(faults));
    }

    /**
     * How many faults were injected, of all kinds.
     *
     * @return the sum
     */
    public long allFaults() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }
}
