package dev.gearshift.imgur.simulator;

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
        long aborted) {}
