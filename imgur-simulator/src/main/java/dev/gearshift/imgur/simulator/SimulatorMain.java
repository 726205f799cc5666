package dev.gearshift.imgur.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
 * --credits N         all three of the following: how many there are before the API answers 429
 * --user-credits N    for who calls with a client id (500); --account-credits N with a token (2000)
 * --client-credits N  for the client, in a day (12500)
 * --posts N           POST requests before the API answers 429 (1250 an hour)
 * --window D          after how long the credits of users, and the posts, come back (3600s)
 * --token-lifetime D  for how long access tokens hold (2419200s)
 * --max-upload N      the largest image that can be uploaded, in bytes (20971520)
 * --hide-mature       listings leave out what is mature
 * --odd-links         links are as odd as those of old items
 * --faults TEXT       what goes wrong: "seed 7, 5% reset truncated, next 3 /3/image over-capacity"
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
        SimulatorSettings settings = SimulatorSettings.defaults();
        Integer count = null;
        int imageBytes = settings.imageBytes();
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            UnaryOperator<SimulatorSettings> flag = flag(option);
            if (flag != null) {
                settings = flag.apply(settings);
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(option + " is not an option, or it lacks its value.");
            }
            String value = arguments[++i];
            if (option.equals("--count")) {
                count = number(option, value);
            } else if (option.equals("--image-bytes")) {
                imageBytes = number(option, value);
            } else {
                settings = with(settings, option, value);
            }
        }
        // Both together, since many images must be small.
        SimulatorSettings small = settings.withImageBytes(SimulatorSettings.MIN_IMAGE_BYTES);
        return small.withImages(count == null ? settings.images() : count).withImageBytes(imageBytes);
    }

    private static @Nullable UnaryOperator<SimulatorSettings> flag(String option) {
        return switch (option) {
            case LIFELINE -> settings -> settings;
            case "--no-client-id" -> settings -> settings.withRequireClientId(false);
            case "--hide-mature" -> settings -> settings.withHideMature(true);
            case "--odd-links" -> settings -> settings.withOddLinks(true);
            default -> null;
        };
    }

    private static SimulatorSettings with(SimulatorSettings settings, String option, String value) {
        CreditLimits credits = settings.credits();
        return switch (option) {
            case "--port" -> settings.withPort(number(option, value));
            case "--latency" -> settings.withLatency(DurationText.parse(option, value));
            case "--seed" -> settings.withSeed(seed(value));
            case "--images" -> settings.withFolder(Path.of(value));
            case "--credits" ->
                settings.withCredits(CreditLimits.of(number(option, value))
                        .withPosts(credits.posts())
                        .withWindow(credits.window()));
            case "--user-credits" -> settings.withCredits(credits.withUser(number(option, value)));
            case "--account-credits" -> settings.withCredits(credits.withAccount(number(option, value)));
            case "--client-credits" -> settings.withCredits(credits.withClient(number(option, value)));
            case "--posts" -> settings.withCredits(credits.withPosts(number(option, value)));
            case "--window" -> settings.withCredits(credits.withWindow(DurationText.parse(option, value)));
            case "--token-lifetime" -> settings.withTokenLifetime(DurationText.parse(option, value));
            case "--max-upload" -> settings.withMaxUploadBytes(number(option, value));
            case "--faults" -> settings.withFaults(Faults.parse(value));
            default -> throw new IllegalArgumentException(option + " is not an option of the simulator.");
        };
    }

    /** The arguments that {@link #settings} reads as these settings, for a child that hangs on its standard input. */
    static List<String> arguments(SimulatorSettings settings) {
        List<String> arguments = new ArrayList<>(List.of(LIFELINE));
        Path folder = settings.folder();
        if (folder != null) {
            arguments.addAll(List.of("--images", folder.toAbsolutePath().toString()));
        }
        add(arguments, "--port", settings.port());
        add(arguments, "--latency", DurationText.of(settings.latency()));
        add(arguments, "--image-bytes", settings.imageBytes());
        add(arguments, "--seed", settings.seed());
        add(arguments, "--count", settings.images());
        CreditLimits credits = settings.credits();
        add(arguments, "--user-credits", credits.user());
        add(arguments, "--account-credits", credits.account());
        add(arguments, "--client-credits", credits.client());
        add(arguments, "--posts", credits.posts());
        add(arguments, "--window", DurationText.of(credits.window()));
        add(arguments, "--token-lifetime", DurationText.of(settings.tokenLifetime()));
        add(arguments, "--max-upload", settings.maxUploadBytes());
        add(arguments, "--faults", settings.faults());
        if (!settings.requireClientId()) {
            arguments.add("--no-client-id");
        }
        if (settings.hideMature()) {
            arguments.add("--hide-mature");
        }
        if (settings.oddLinks()) {
            arguments.add("--odd-links");
        }
        return arguments;
    }

    private static void add(List<String> arguments, String option, Object value) {
        arguments.add(option);
        arguments.add(value.toString());
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
}
