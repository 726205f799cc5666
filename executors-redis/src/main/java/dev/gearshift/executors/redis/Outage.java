package dev.gearshift.executors.redis;

import java.lang.System.Logger.Level;
import redis.clients.jedis.exceptions.JedisDataException;

/** While something cannot be done, however often it is tried: told once when it begins, and once when it ends. */
final class Outage {
    private static final System.Logger LOG = System.getLogger(Outage.class.getName());

    private final String what;

    /** Used by one thread. */
    private boolean lasts;

    /**
     * None yet.
     *
     * @param what who cannot do what
     */
    Outage(String what) {
        this.what = what;
    }

    void begins(Throwable why) {
        if (lasts) {
            return;
        }
        lasts = true;
        if (why instanceof LinkException || why instanceof JedisDataException) {
            LOG.log(Level.WARNING, "{0}, and goes on trying: {1}", what, why.getMessage());
        } else {
            LOG.log(Level.WARNING, what + ", and goes on trying", why);
        }
    }

    void ends() {
        if (lasts) {
            lasts = false;
            LOG.log(Level.INFO, "No longer: {0}.", what);
        }
    }
}
