package dev.gearshift.imgur.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator from a terminal, or as the child of a {@link SimulatorProcess}.
 *
 * <pre>
 * --port N            the port on 127.0.0.1; 0, the default, takes any free one
 * --count N           how many images (91)
 * --latency D         200ms, 1s, or 1500 for milliseconds (0)
 * --image-bytes N     about how large an image is (230400)
 * --seed N            other pictures (1)
 * --images DIR        serve the images of a folder
 * --no-client-id      answer without an Authorization header too
 * --lifeline          end when standard input does
 * </pre>
 *
 * <p>Writes {@code PREPARED n/total} lines (total is {@code ?} for a whole folder), then {@code READY <baseUri>}, to
 * standard output.
 */
public final class SimulatorMain {

    static final String LIFELINE = "--lifeline";

    private static final int BAD_USAGE = 2;
    private static final int FAILED = 1;

    private SimulatorMain() {}

    /**
     * Runs until it is killed or, with {@code --lifeline}, until standard input ends. Exits with 2 on bad usage and
     * with 1 if it cannot serve, after a sentence on standard error.
     *
     * @param arguments as listed above
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        SimulatorSettings settings = SimulatorSettings.defaults();
        try {
            settings = settings(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(BAD_USAGE);
        }
        if (List.of(arguments).contains(LIFELINE)) {
            holdLifeline();
        }
        serve(settings);
    }

    private static void serve(SimulatorSettings settings) throws InterruptedException {
        String total = settings.images() == SimulatorSettings.ALL_IMAGES ? "?" : String.valueOf(settings.images());
        ImgurSimulator simulator;
        try {
            simulator = ImgurSimulator.start(settings, ready -> say("PREPARED " + ready + "/" + total));
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
            return;
        }
        say("READY " + simulator.baseUri());
        new CountDownLatch(1).await();
    }

    /** From the first moment on, so that a parent which dies during the preparation leaves no child either. */
    private static void holdLifeline() {
        Thread lifeline = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        System.err.println("Standard input broke off: " + e.getMessage());
                    } finally {
                        Runtime.getRuntime().halt(0);
                    }
                },
                "imgur-simulator-lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    static SimulatorSettings settings(String... arguments) {
        SimulatorSettings defaults = SimulatorSettings.defaults();
        int port = defaults.port();
        Integer count = null;
        Duration latency = defaults.latency();
        int imageBytes = defaults.imageBytes();
        long seed = defaults.seed();
        Path folder = null;
        boolean requireClientId = defaults.requireClientId();
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            if (option.equals(LIFELINE)) {
                continue;
            }
            if (option.equals("--no-client-id")) {
                requireClientId = false;
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(option + " is not an option, or it lacks its value.");
            }
            String value = arguments[++i];
            switch (option) {
                case "--port" -> port = number(option, value);
                case "--count" -> count = number(option, value);
                case "--latency" -> latency = duration(value);
                case "--image-bytes" -> imageBytes = number(option, value);
                case "--seed" -> seed = seed(value);
                case "--images" -> folder = Path.of(value);
                default -> throw new IllegalArgumentException(option + " is not an option of the simulator.");
            }
        }
        if (count == null) {
            count = folder == null ? defaults.images() : SimulatorSettings.ALL_IMAGES;
        }
        return new SimulatorSettings(port, count, latency, imageBytes, seed, folder, requireClientId);
    }

    /** The arguments that {@link #settings} reads as these settings, for a child that hangs on its standard input. */
    static List<String> arguments(SimulatorSettings settings) {
        List<String> arguments = new ArrayList<>(List.of(
                LIFELINE,
                "--port",
                String.valueOf(settings.port()),
                "--latency",
                settings.latency().toMillis() + "ms",
                "--image-bytes",
                String.valueOf(settings.imageBytes()),
                "--seed",
                String.valueOf(settings.seed()),
                "--count",
                String.valueOf(settings.images())));
        Path folder = settings.folder();
        if (folder != null) {
            arguments.addAll(List.of("--images", folder.toAbsolutePath().toString()));
        }
        if (!settings.requireClientId()) {
            arguments.add("--no-client-id");
        }
        return arguments;
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " takes a whole number, not '" + value + "'.", e);
        }
    }

    private static long seed(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed takes a whole number, not '" + value + "'.", e);
        }
    }

    private static Duration duration(String value) {
        try {
            if (value.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
            }
            return value.endsWith("s") ? Duration.parse("PT" + value) : Duration.ofMillis(Long.parseLong(value));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException("--latency takes 200ms, 1s or 1500, not '" + value + "'.", e);
        }
    }
}
