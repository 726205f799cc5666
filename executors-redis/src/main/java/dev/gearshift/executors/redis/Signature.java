package dev.gearshift.executors.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What those who have the secret put to what they write, so that nobody else can (HMAC with SHA-256). Each part counts
 * with its length. Thread-safe.
 */
final class Signature {
    static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final @Nullable SecretKeySpec key;

    /** Without a secret there are no signatures, and all are accepted. */
    Signature(@Nullable String secret) {
        key = secret == null ? null : new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    boolean isUsed() {
        return key != null;
    }

    /** Empty without a secret. */
    byte[] of(byte[]... parts) {
        if (key == null) {
            return new byte[0];
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(ByteBuffer.allocate(4).putInt(part.length).array());
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    boolean fits(byte[] signature, byte[]... parts) {
        return key == null || MessageDigest.isEqual(signature, of(parts));
    }

    /** The text with its signature in front. */
    byte[] sign(byte[] context, byte[] text) {
        byte[] signature = of(context, text);
        byte[] signed = Arrays.copyOf(signature, signature.length + text.length);
        System.arraycopy(text, 0, signed, signature.length, text.length);
        return signed;
    }

    /** The text, or null if its signature does not fit. */
    byte @Nullable [] verify(byte[] context, byte[] signed) {
        if (key == null) {
            return signed;
        }
        if (signed.length < LENGTH) {
            return null;
        }
        byte[] text = Arrays.copyOfRange(signed, LENGTH, signed.length);
        return fits(Arrays.copyOf(signed, LENGTH), context, text) ? text : null;
    }
}
