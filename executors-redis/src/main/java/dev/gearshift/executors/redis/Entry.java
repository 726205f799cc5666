package dev.gearshift.executors.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A task as it waits in the stream. Its fields there are {@code i} the id, {@code b} the name of the task, {@code p} its
 * bytes, {@code o} its terms, {@code f} the submitter, {@code h} the signature of all these; and {@code n} and {@code l},
 * how often it has failed and has lost its worker, which workers count up.
 *
 * @param id unique in the queue
 * @param task the name of the task in the catalog
 * @param payload the task as bytes
 * @param terms how it is to be run
 * @param submitter who waits for the answer; empty if nobody does
 * @param failures how often it has failed
 * @param losses how often its worker was lost, before this entry was written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Entry(String id, String task, byte[] payload, Terms terms, String submitter, int failures, int losses) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    /** What is no entry. The message says why. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** As they are in the stream. */
    List<Object> fields(String queue, Signature signature) {
        byte[] encoded = terms.encode();
        List<Object> fields = new ArrayList<>(
                List.of("i", id, "b", task, "p", payload, "o", encoded, "f", submitter, "n", failures, "l", losses));
        if (signature.isUsed()) {
            fields.add("h");
            fields.add(signature.of(signed(queue, id, task, payload, encoded, submitter)));
        }
        return fields;
    }

    private static byte[][] signed(
            String queue, String id, String task, byte[] payload, byte[] terms, String submitter) {
        return new byte[][] {utf8(queue), utf8(id), utf8(task), payload, terms, utf8(submitter)};
    }

    /** What fields of unknown origin have, whatever they are. */
    static final class Raw {
        private static final int MOST = 40;
        private static final int MOST_COUNTED = 1_000_000_000;

        private final Map<String, byte[]> fields = new HashMap<>();
        private final boolean tooMany;

        /** Names and values in turn. */
        Raw(List<?> all) {
            tooMany = all.size() > MOST;
            for (int i = 0; i + 1 < all.size(); i += 2) {
                if (all.get(i) instanceof byte[] name && all.get(i + 1) instanceof byte[] value) {
                    fields.put(new String(name, StandardCharsets.UTF_8), value);
                }
            }
        }

        /** The id, if it has a proper one; else empty. */
        String id() {
            return name("i");
        }

        /** The submitter, if it has a proper one; else empty. */
        String submitter() {
            return name("f");
        }

        /** The text of a field; empty if there is none. */
        String text(String field) {
            byte[] value = fields.get(field);
            return value == null ? "" : new String(value, StandardCharsets.UTF_8);
        }

        /** How long a field is. */
        int length(String field) {
            byte[] value = fields.get(field);
            return value == null ? 0 : value.length;
        }

        private String name(String field) {
            String name = text(field);
            return NAME.matcher(name).matches() ? name : "";
        }

        /**
         * The entry.
         *
         * @throws RefusedException if it is none, or is not to be trusted
         */
        Entry read(String queue, Signature signature, int maxPayload) throws RefusedException {
            String id = id();
            String task = name("b");
            byte[] payload = fields.get("p");
            byte[] terms = fields.get("o");
            if (id.isEmpty() || task.isEmpty() || payload == null || terms == null || tooMany) {
                throw new RefusedException("It is no task of Gearshift: a field is missing, malformed or needless.");
            }
            if (payload.length > maxPayload) {
                throw new RefusedException("Its " + payload.length + " bytes are more than the " + maxPayload
                        + " that this worker takes (gearshift.redis.maxPayload).");
            }
            byte[] own = fields.getOrDefault("h", new byte[0]);
            if (!signature.fits(own, signed(queue, id, task, payload, terms, text("f")))) {
                throw new RefusedException(
                        own.length == 0
                                ? "It is not signed, and this worker has a secret: give the same one to whoever submits"
                                        + " (gearshift.redis.secret)."
                                : "Its signature does not fit: it was changed, or was signed with another secret.");
            }
            int failures;
            int losses;
            Terms how;
            try {
                how = Terms.decode(terms);
                failures = Integer.parseInt(text("n"));
                losses = Integer.parseInt(text("l"));
            } catch (RuntimeException e) {
                throw new RefusedException("Its terms cannot be read: " + e.getMessage());
            }
            if (failures < 0 || failures > MOST_COUNTED || losses < 0 || losses > MOST_COUNTED) {
                throw new RefusedException(
                        "Its counters are out of range: " + failures + " failures, " + losses + " lost workers.");
            }
            return new Entry(id, task, payload, how, submitter(), failures, losses);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text of bytes that Redis has sent; empty for none. */
    static String text(@Nullable Object bytes) {
        return bytes instanceof byte[] raw ? new String(raw, StandardCharsets.UTF_8) : "";
    }
}
