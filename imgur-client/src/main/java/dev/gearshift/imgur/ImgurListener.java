package dev.gearshift.imgur;

/**
 * Hears what happens to the calls of a client: for progress, metrics and logs. It is called by the threads that move the
 * answers, by several at once, and must be quick. What it throws is logged and goes no further.
 */
@FunctionalInterface
public interface ImgurListener {

    /** Something happened. The events of one call come in their order. */
    void happened(ImgurEvent event);
}
