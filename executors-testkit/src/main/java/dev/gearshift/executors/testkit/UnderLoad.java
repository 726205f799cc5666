package dev.gearshift.executors.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Repeats a contract while two threads keep two processors busy: what fails now and then fails here. 50 times, unless
 * the system property {@code gearshift.testkit.repetitions} says otherwise, and with another seed for the random
 * schedules each time.
 */
@ClassTemplate
@ExtendWith(Load.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface UnderLoad {}
