package dev.gearshift.executors.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What happens in Redis in one step. Each takes the queue as its only key, and makes the others from it: with {@code
 * {gearshift:default}} as the queue they are
 *
 * <pre>
 *   :s            the stream of entries that wait or run, with the group w; who runs one has its lease, and
 *                 - those that were given back
 *   :t            a hash: the id of each task that is not over, and its entry; d if it is delayed; x in front of the
 *                 entry if it is to be stopped
 *   :d  :p        the ids of delayed tasks by the time when they are due, and a hash of their fields
 *   :x            the stream of dead tasks, with the reason
 *   :r:ID         the answer for a task
 *   :a:SUBMITTER  a list: the answers that a submitter has not taken yet
 *   :o:WORKER     a list: the ids that a worker is to stop; ? in front of those that it is to withdraw if it has not
 *                 begun them
 *   :k:WORKER:ENTRY  how often an entry was sent to a worker in vain
 *   :w  :w:WORKER the workers by the time until which they are alive, and what each says of itself
 * </pre>
 *
 * <p>All keys of a queue are in one slot of a cluster. Times are Redis's own.
 */
@SuppressWarnings("ImmutableEnumChecker") // the arrays are not given away to be changed
enum Script {
    ENQUEUE,
    TICK,
    FINISH,
    AGAIN,
    RETURN,
    CANCEL,
    NOTE,
    AUDIT,
    STATUS,
    LEAVE,
    TIDY,
    REVIVE;

    private final byte[] text;
    private final byte[] digest;

    Script() {
        String file = name().toLowerCase(Locale.ROOT) + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing beside " + Script.class.getName());
            }
            text = in.readAllBytes();
            digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text))
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    byte[] text() {
        return text;
    }

    /** By which Redis knows it, once it has seen the text. */
    byte[] digest() {
        return digest;
    }
}
