package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.DownloadFailedException.Reason;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RedirectTests {
    private static final URI FROM = URI.create("https://i.imgur.com/dir/a.jpg");

    @ParameterizedTest
    @CsvSource({
        "https://elsewhere.example/b.jpg, https://elsewhere.example/b.jpg",
        "b.jpg, https://i.imgur.com/dir/b.jpg",
        "/b.jpg, https://i.imgur.com/b.jpg",
        "//cdn.example/b.jpg, https://cdn.example/b.jpg"
    })
    void leadsToAnAddress(String location, URI next) {
        assertThat(Redirect.of(FROM, location, 302, 0)).isEqualTo(new Redirect(next, null));
    }

    @ParameterizedTest
    @CsvSource({
        "https://i.imgur.com/removed.png, REMOVED, the image was removed from Imgur",
        "//i.imgur.com/removed.png?x, REMOVED, the image was removed from Imgur",
        "http://i.imgur.com/b.jpg, REDIRECT, 'it redirects from https to http://i.imgur.com/b.jpg, which is not encrypted'",
        "ftp://i.imgur.com/b.jpg, REDIRECT, it redirects to what is no http address",
        "file:///etc/passwd, REDIRECT, it redirects to what is no http address",
        "a b c, REDIRECT, it redirects to what is no address"
    })
    void leadsNowhere(String location, Reason reason, String what) {
        Problem refusal = Redirect.of(FROM, location, 302, 0).refusal();

        assertThat(refusal).isEqualTo(Problem.lasting(reason, what, 302));
    }

    @Test
    void httpMayBecomeHttps() {
        assertThat(Redirect.of(URI.create("http://host/a"), "https://host/a", 301, 4)
                        .next())
                .isEqualTo(URI.create("https://host/a"));
    }

    @Test
    void theSixthIsOneTooMany() {
        Problem refusal = Redirect.of(FROM, "/b.jpg", 302, 5).refusal();

        assertThat(refusal).isEqualTo(Problem.lasting(Reason.REDIRECT, "it redirects more than 5 times", 302));
    }
}
