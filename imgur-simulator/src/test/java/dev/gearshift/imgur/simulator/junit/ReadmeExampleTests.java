package dev.gearshift.imgur.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.ServedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the README shows, word for word, around a downloader that is just good enough for it. */
@Timeout(30)
final class ReadmeExampleTests {

    // README: begin
    @Test
    @ImgurSimulation(images = 10, credits = 500)
    void downloadsTheGalleryThroughAFewFaults(ImgurSimulator imgur) {
        imgur.play(
                Faults.seed(7).rate(0.05, Fault.OVER_CAPACITY, Fault.RESET).next(1, "/3/gallery", Fault.CACHE_ERROR));
        List<String> downloaded = downloadEverything(imgur.apiUri());
        assertThat(downloaded)
                .containsAll(imgur.images().stream().map(ServedImage::sha256).toList());
        assertThat(imgur.stats().overBudget()).isZero();
        assertThat(imgur.stats().faults()).containsEntry(Fault.CACHE_ERROR, 1L);
    }
    // README: end

    private static List<String> downloadEverything(URI api) {
        List<String> hashes = new ArrayList<>();
        String listing = new String(get(api.resolve("gallery/hot/viral/0")), StandardCharsets.UTF_8);
        Matcher links = Pattern.compile("\"link\":\"(http://127[^\"]*)\"").matcher(listing);
        while (links.find()) {
            hashes.add(sha256(get(URI.create(links.group(1)))));
        }
        return hashes;
    }

    private static byte[] get(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Client-ID x")
                .build();
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
                if (answer.statusCode() == 200) {
                    return answer.body();
                }
            } catch (IOException e) {
                assertThat(e).isNotNull(); // and again
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no answer");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
