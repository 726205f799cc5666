package dev.gearshift.imgur.simulator;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A running server that answers like Imgur, on 127.0.0.1, in a JVM of its own: what it computes doesn't take from what
 * is measured in this one.
 *
 * <p>The child lives on the pipe to its standard input. It ends with {@link #close()}, and also when this JVM ends in
 * any way. Thread-safe.
 */
public final class SimulatorProcess implements AutoCloseable {

    private static final long GRACE_MILLIS = 500;

    private final Process process;
    private final ChildOutput output;
    private final URI baseUri;
    private final SimulatorQueries queries;

    private SimulatorProcess(Process process, ChildOutput output, URI baseUri) {
        this.process = process;
        this.output = output;
        this.baseUri = baseUri;
        this.queries = new SimulatorQueries(baseUri);
    }

    /**
     * Starts a JVM and waits until it serves.
     *
     * @param settings what to serve
     * @return the running server
     * @throws IllegalStateException if the child ends, or makes no progress for half a minute; with its own words
     * @throws UncheckedIOException if no process can be started
     */
    public static SimulatorProcess start(SimulatorSettings settings) {
        return start(settings, ready -> {});
    }

    /**
     * Starts a JVM and waits until it serves.
     *
     * @param settings what to serve
     * @param prepared told how many images are ready, on the calling thread
     * @return the running server
     * @throws IllegalStateException if the child ends, or makes no progress for half a minute; with its own words
     * @throws UncheckedIOException if no process can be started
     */
    public static SimulatorProcess start(SimulatorSettings settings, IntConsumer prepared) {
        requireNonNull(prepared, "prepared");
        List<String> command = new ArrayList<>(ChildCommand.java(settings));
        command.addAll(SimulatorMain.arguments(settings));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator's process could not be started: " + e.getMessage(), e);
        }
        ChildOutput output = new ChildOutput(process);
        try {
            return new SimulatorProcess(process, output, output.awaitReady(prepared));
        } catch (RuntimeException | Error e) {
            end(process, output);
            throw e;
        }
    }

    /**
     * Where it listens, which is also where its images are.
     *
     * @return {@code http://127.0.0.1:PORT}, without a slash at the end
     */
    public URI baseUri() {
        return baseUri;
    }

    /**
     * Where the API is: give this to a client in the place of {@code https://api.imgur.com/3/}.
     *
     * @return {@code http://127.0.0.1:PORT/3/}
     */
    public URI apiUri() {
        return baseUri.resolve("/3/");
    }

    /**
     * The child's process id, to measure what it uses.
     *
     * @return the number the operating system knows it by
     */
    public long pid() {
        return process.pid();
    }

    /**
     * What it has seen so far; asking leaves no trace in it.
     *
     * @return the counts of this moment
     * @throws UncheckedIOException if the child doesn't answer
     */
    public SimulatorStats stats() {
        return queries.stats();
    }

    /**
     * Sets the counts to zero; what is open or in flight stays counted.
     *
     * @throws UncheckedIOException if the child doesn't answer
     */
    public void resetStats() {
        queries.reset();
    }

    /**
     * Plays another script of faults, from its beginning, in place of the present one.
     *
     * @param faults what goes wrong from now on; {@link Faults#none()} for nothing
     * @throws UncheckedIOException if the child doesn't answer
     */
    public void play(Faults faults) {
        queries.play(requireNonNull(faults, "faults"));
    }

    /**
     * Lets all access tokens expire that were given out.
     *
     * @throws UncheckedIOException if the child doesn't answer
     */
    public void expireTokens() {
        queries.expireTokens();
    }

    /**
     * The JPEG and PNG images of the gallery, in the order it lists them.
     *
     * @return an immutable list
     * @throws UncheckedIOException if the child doesn't answer
     */
    public List<ServedImage> images() {
        return queries.images();
    }

    /** Ends the child, within a second; closing again does nothing. */
    @Override
    public void close() {
        end(process, output);
    }

    private static void end(Process process, ChildOutput output) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        boolean interrupted = false;
        try {
            if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            }
            output.join(GRACE_MILLIS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
