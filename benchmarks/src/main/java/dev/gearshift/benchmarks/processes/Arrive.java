package dev.gearshift.benchmarks.processes;

import dev.gearshift.executors.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Comes to a {@link Rendezvous}. One class for both ends, so that a worker which has run one has loaded all for the other.
 *
 * @param spins whether it goes on for ever and listens to nobody; else it ends when it is let go
 * @param number tells one that spins from another, as a task that crashes its worker again and again is not run any more
 */
record Arrive(Path rendezvous, boolean spins, int number) implements Task<Boolean> {
    static Arrive andLeave(Rendezvous rendezvous) {
        return new Arrive(rendezvous.socket(), false, 0);
    }

    static Arrive andSpin(Rendezvous rendezvous, int number) {
        return new Arrive(rendezvous.socket(), true, number);
    }

    @Override
    public Boolean call() throws IOException {
        try (SocketChannel channel = Rendezvous.arrive(rendezvous)) {
            return spins ? spin() : channel.read(ByteBuffer.allocate(1)) == 1;
        } catch (ClosedByInterruptException e) {
            if (!spins) {
                throw e;
            }
            return spin(); // Cancelled just now, but it is deaf.
        }
    }

    private static boolean spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }
}
