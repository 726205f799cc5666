package dev.gearshift.imgur.simulator;

import java.time.Duration;

/** How an answer goes out. */
sealed interface Delivery {

    /** All at once, and the connection is kept. */
    record Whole() implements Delivery {}

    /** In pieces, over this time. */
    record Slow(Duration time) implements Delivery {}

    /** Half of the body; where there is none, nothing. What happens then to the connection, or instead: */
    enum Broken implements Delivery {
        /** It stays until the client closes it. */
        STALLED,
        /** It is closed as after an answer. */
        CLOSED,
        /** It is reset. */
        RESET,
        /** It is reset before anything of the answer has gone out. */
        UNANSWERED
    }
}
