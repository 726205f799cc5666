package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was signed with a secret is known again by those who have it, and nothing else is. */
@Timeout(10)
class SignatureTests {
    private final Signature signature = new Signature("secret");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void itIsTheKnownOne() {
        // printf '\0\0\0\1a\0\0\0\2bc' | openssl dgst -sha256 -hmac secret
        assertThat(HexFormat.of().formatHex(signature.of(bytes("a"), bytes("bc"))))
                .isEqualTo("e82a8443f8fde3b6fcbdd50720dfa15603c6e7a153e2dff9b86d4d4eb7194fcb");
    }

    @Test
    void itDependsOnEachPartAndWhereItEnds() {
        byte[] own = signature.of(bytes("a"), bytes("bc"));
        assertThat(signature.fits(own, bytes("a"), bytes("bc"))).isTrue();
        assertThat(signature.fits(own, bytes("ab"), bytes("c"))).isFalse();
        assertThat(signature.fits(own, bytes("abc"))).isFalse();
        assertThat(signature.fits(own, bytes("a"), bytes("bd"))).isFalse();
        assertThat(new Signature("other").fits(own, bytes("a"), bytes("bc"))).isFalse();
        assertThat(signature.fits(new byte[0], bytes("a"), bytes("bc"))).isFalse();
    }

    @Test
    void aSignedTextIsReadInItsContextOnly() {
        byte[] signed = signature.sign(bytes("queue"), bytes("text"));
        assertThat(signed).hasSize(Signature.LENGTH + 4);
        assertThat(signature.verify(bytes("queue"), signed)).isEqualTo(bytes("text"));
        assertThat(signature.verify(bytes("other"), signed)).isNull();
        assertThat(signature.verify(bytes("queue"), bytes("text"))).isNull();
        assertThat(signature.verify(bytes("queue"), new byte[0])).isNull();
        signed[signed.length - 1]++;
        assertThat(signature.verify(bytes("queue"), signed)).isNull();
    }

    @Test
    void withoutASecretAllIsAccepted() {
        Signature none = new Signature(null);
        assertThat(none.isUsed()).isFalse();
        assertThat(none.of(bytes("a"))).isEmpty();
        assertThat(none.fits(bytes("anything"), bytes("a"))).isTrue();
        assertThat(none.verify(bytes("queue"), none.sign(bytes("queue"), bytes("text"))))
                .isEqualTo(bytes("text"));
    }
}
