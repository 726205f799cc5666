package dev.gearshift.imgur;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Tells events to the log, at DEBUG, and to the listeners. */
final class Hearing {
    private static final Logger LOG = System.getLogger("dev.gearshift.imgur");

    private final List<ImgurListener> listeners;

    Hearing(List<ImgurListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(ImgurEvent event) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, event.toString());
        }
        for (ImgurListener listener : listeners) {
            try {
                listener.happened(event);
            } catch (Throwable e) { // Also what is no RuntimeException: the call must go on.
                LOG.log(Level.WARNING, "A listener of an ImgurClient failed: " + e.getClass());
            }
        }
    }
}
