package dev.gearshift.executors.redis;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** The Redis at the other end of a link, looked at before it is relied on. */
final class Server {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());

    private Server() {}

    /**
     * Looks whether it is there, lets one in, and keeps what it is given.
     *
     * @throws IllegalStateException if not; the message says what to do
     */
    static void check(Link link) {
        try {
            link.call(Command.PING);
        } catch (LinkException e) {
            throw new IllegalStateException(
                    e.getMessage()
                            + " Start one there, or name another: gearshift.redis.uri, GEARSHIFT_REDIS_URI or --redis.",
                    e);
        } catch (JedisDataException e) {
            throw new IllegalStateException(
                    "Redis at " + link.address() + " refuses: " + e.getMessage()
                            + ". User and password stand in its address: redis://USER:PASSWORD@HOST.",
                    e);
        }
        checkMemory(link);
    }

    private static void checkMemory(Link link) {
        Map<String, String> info = new HashMap<>();
        try {
            for (String line :
                    Entry.text(link.call(Command.INFO, "memory")).lines().toList()) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    info.put(line.substring(0, colon), line.substring(colon + 1));
                }
            }
        } catch (JedisDataException e) {
            LOG.log(
                    Level.WARNING,
                    "Redis at {0} does not say what it does when its memory is full ({1}): see to it that its"
                            + " maxmemory-policy is noeviction.",
                    link.address(),
                    e.getMessage());
            return;
        }
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (policy.equals("noeviction") || info.getOrDefault("maxmemory", "0").equals("0")) {
            return;
        }
        if (policy.startsWith("allkeys")) {
            throw new IllegalStateException(
                    "Redis at " + link.address() + " would throw tasks away when its memory is full"
                            + " (maxmemory-policy is " + policy + "): set it to noeviction.");
        }
        LOG.log(
                Level.WARNING,
                "Redis at {0} throws results away when its memory is full (maxmemory-policy is {1}): better set it to"
                        + " noeviction.",
                link.address(),
                policy);
    }
}
