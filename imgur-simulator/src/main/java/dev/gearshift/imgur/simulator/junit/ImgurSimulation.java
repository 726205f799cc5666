package dev.gearshift.imgur.simulator.junit;

import dev.gearshift.imgur.simulator.CreditLimits;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests with parameters of type {@link dev.gearshift.imgur.simulator.ImgurSimulator}, each of which is a running one.
 * How long it runs, see {@link ImgurSimulatorExtension}.
 *
 * <pre>{@code
 * @ImgurSimulation(images = 20, faults = "seed 7, 5% all")
 * final class DownloaderTests {
 *     @Test
 *     void downloadsEverything(ImgurSimulator imgur) { … }
 * }
 * }</pre>
 *
 * <p>On a method it takes the place of the one on the class. Values outside their range fail the test, with the words
 * of {@link SimulatorSettings}.
 */
@Documented
@Inherited
@ExtendWith(ImgurSimulatorExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ImgurSimulation {

    /** As {@link #credits()}: the limits of Imgur. */
    int IMGURS_LIMITS = -1;

    /**
     * How many JPEG and PNG images there are: few, so that it starts at once.
     *
     * @return at least 1
     */
    int images() default 12;

    /**
     * About how large an image is.
     *
     * @return in bytes
     */
    int imageBytes() default 2048;

    /**
     * What chooses the pictures and ids.
     *
     * @return any number
     */
    long seed() default 1;

    /**
     * How many credits there are, for the client and for each user.
     *
     * @return at least 0, or {@value #IMGURS_LIMITS} for {@link CreditLimits#imgur()}
     */
    int credits() default IMGURS_LIMITS;

    /**
     * What goes wrong.
     *
     * @return what {@link Faults#parse} reads
     */
    String faults() default "";
}
