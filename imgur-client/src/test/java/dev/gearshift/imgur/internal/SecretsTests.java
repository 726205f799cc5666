package dev.gearshift.imgur.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SecretsTests {

    @ParameterizedTest
    @CsvSource({
        "https://i.imgur.com/a.jpg, https://i.imgur.com/a.jpg",
        "http://localhost:8080/a%20b.jpg, http://localhost:8080/a%20b.jpg",
        "https://me:pass@host/a.jpg, https://***@host/a.jpg",
        "https://host/a.jpg?token=abc#frag, https://host/a.jpg?***",
        "http://me:pass@no_host/3/?key=pass, http://***@no_host/3/?***",
        "nowhere, nowhere"
    })
    void addressesLoseWhatMayBeSecret(URI uri, String masked) {
        assertThat(Secrets.masked(uri)).isEqualTo(masked);
    }
}
