package dev.gearshift.imgur.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ImgurHostsTests {

    @ParameterizedTest
    @CsvSource({
        "http://i.imgur.com/a.jpg?1, https://i.imgur.com/a.jpg?1",
        "HTTP://I.IMGUR.COM/a.jpg, https://I.IMGUR.COM/a.jpg",
        "http://imgur.com/a/b, https://imgur.com/a/b",
        "https://i.imgur.com/a.jpg, https://i.imgur.com/a.jpg",
        "http://127.0.0.1:8080/a.jpg, http://127.0.0.1:8080/a.jpg",
        "http://imgur.com.evil.example/a.jpg, http://imgur.com.evil.example/a.jpg",
        "http://notimgur.com/a.jpg, http://notimgur.com/a.jpg"
    })
    void onlyImgursOwnLinksAreUpgraded(URI link, URI secured) {
        assertThat(ImgurHosts.secured(link)).isEqualTo(secured);
    }
}
