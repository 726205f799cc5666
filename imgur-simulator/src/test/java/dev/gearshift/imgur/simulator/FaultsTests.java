package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts of faults: as values, as text, and played. */
@Timeout(10)
final class FaultsTests {

    @Test
    void aScriptIsItsText() {
        Faults faults = Faults.seed(7)
                .rate(0.05, Fault.RESET, Fault.TRUNCATED)
                .next(3, "/3/image", Fault.OVER_CAPACITY)
                .rate(0.005, "/3/gallery", Fault.values())
                .next(1, Fault.TOKEN_EXPIRED_429)
                .withSlowness(Duration.ofMillis(250))
                .withRetryAfter(Duration.ZERO);
        assertThat(faults.toString())
                .isEqualTo("seed 7, slowness 250ms, retry-after 0ms, 5% reset truncated,"
                        + " next 3 /3/image over-capacity, 0.5% /3/gallery all, next 1 token-expired-429");
        assertThat(Faults.parse(faults.toString())).isEqualTo(faults);
        assertThat(Faults.parse("")).isEqualTo(Faults.none());
        assertThat(Faults.parse(" 100%  slow ,, seed -3 "))
                .isEqualTo(Faults.seed(-3).rate(1, Fault.SLOW));
    }

    @ParameterizedTest
    @EnumSource
    void eachFaultIsItsText(Fault fault) {
        Faults faults = Faults.none().rate(0.123, fault);
        assertThat(Faults.parse("12.3% " + fault)).isEqualTo(faults);
        assertThat(fault.toString()).matches("[a-z0-9-]+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "5% rezet|There is no fault 'rezet'. There are: slow, stalled, silent, ",
                "next 3 /x /y slow|There is no fault '/y'.",
                "0% slow|A share of faults is above 0 % and at most 100 %, not 0 %.",
                "100.1% slow|A share of faults is above 0 % and at most 100 %, not 100.1 %.",
                "x% slow|'x%' is not a number of percent.",
                "5%|A rule needs at least one fault.",
                "next 3|A rule needs at least one fault.",
                "next 0 slow|'next' takes a count of 1 or more, not 0.",
                "next slow|'slow' is not a whole number.",
                "next 99999999999 slow|'99999999999' is more than 2147483647.",
                "seed|A part is 'seed N', 'slowness TIME', 'retry-after TIME', 'N% [/path] FAULT…' or",
                "seed 1 2|A part is",
                "colour red|A part is",
                "slowness soon|slowness takes 200ms, 1s or 1500, not 'soon'.",
                "retry-after 61m|retry-after takes 200ms, 1s or 1500, not '61m'.",
                "retry-after 3601s|The retry-after must be from 0 to 1 hour, not PT1H1S."
            })
    void badTextIsRefusedWithWhatThereIs(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Faults.parse("seed 1, " + text))
                .withMessageStartingWith("The fault script stops making sense at '" + text + "'. " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3/image", "/a b", "/a,b"})
    void aPathIsAPath(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Faults.none().next(1, path, Fault.SLOW))
                .withMessage("A path begins with '/', and holds neither blanks nor commas: '" + path + "' doesn't do.");
    }

    @Test
    void sharesAreKeptAndFollowFromTheSeedAndNotFromTheOrder() {
        Faults faults = Faults.seed(5).rate(0.05, Fault.RESET, Fault.SLOW, Fault.OVER_CAPACITY);
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            paths.add("/3/image/x" + i);
            paths.add("/3/image/x" + i);
        }
        Map<String, List<Fault>> inOrder = played(faults, paths);
        Collections.shuffle(paths, new Random(1));
        assertThat(played(faults, paths)).isEqualTo(inOrder);
        assertThat(played(Faults.seed(6).with(faults.rules().get(0)), paths)).isNotEqualTo(inOrder);
        List<Fault> all = inOrder.values().stream().flatMap(List::stream).toList();
        assertThat(all).hasSizeBetween(340, 460);
        for (Fault kind : EnumSet.of(Fault.RESET, Fault.SLOW, Fault.OVER_CAPACITY)) {
            assertThat(Collections.frequency(all, kind)).isBetween(90, 180);
        }
    }

    @Test
    void theNextOnesGetTheFaultsInTurn() {
        FaultScript script = new FaultScript(
                Faults.none().next(3, "/3/album", Fault.RESET, Fault.SLOW).rate(1, "/3/image", Fault.SILENT));
        List<Fault> faults = new ArrayList<>();
        for (String path : List.of("/3/album/a", "/3/tags", "/3/album/b", "/3/image/c", "/3/album/d", "/3/album/e")) {
            faults.add(script.next(get(path)));
        }
        assertThat(faults).isEqualTo(Arrays.asList(Fault.RESET, null, Fault.SLOW, Fault.SILENT, Fault.RESET, null));
    }

    @Test
    void aFaultGoesOnlyWhereItFits() {
        assertThat(fitting(get("/3/tags"))).doesNotContain(Fault.REMOVED, Fault.TOKEN_EXPIRED, Fault.SHIFTED);
        assertThat(fitting(get("/3/gallery/hot/viral/0"))).doesNotContain(Fault.SHIFTED);
        assertThat(fitting(get("/3/gallery/hot/viral/day/10"))).contains(Fault.SHIFTED, Fault.OVER_CAPACITY);
        assertThat(fitting(get("/3/gallery/t/sunset/time/week/3/"))).contains(Fault.SHIFTED);
        assertThat(fitting(get("/abcdefg.jpg")))
                .contains(Fault.REMOVED, Fault.REGION_BLOCKED, Fault.RESET)
                .doesNotContain(Fault.OVER_CAPACITY, Fault.NO_RANGE, Fault.CHANGED);
        assertThat(fitting(request(HttpMethod.GET, "/abcdefg.jpg", "Range", "bytes=1-")))
                .contains(Fault.NO_RANGE, Fault.CHANGED);
        assertThat(fitting(request(HttpMethod.GET, "/3/tags", "Authorization", "Bearer x")))
                .contains(Fault.TOKEN_EXPIRED, Fault.TOKEN_EXPIRED_429);
        assertThat(fitting(request(HttpMethod.HEAD, "/abcdefg.jpg", "Range", "bytes=1-")))
                .doesNotContain(Fault.TRUNCATED, Fault.SLOW, Fault.NO_RANGE);
        assertThat(fitting(get("/removed.png"))).doesNotContain(Fault.REMOVED);
    }

    private static Set<Fault> fitting(Request request) {
        Set<Fault> fitting = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            if (fault.fits(request)) {
                fitting.add(fault);
            }
        }
        return fitting;
    }

    private static Map<String, List<Fault>> played(Faults faults, List<String> paths) {
        FaultScript script = new FaultScript(faults);
        Map<String, List<Fault>> played = new HashMap<>();
        for (String path : paths) {
            Fault fault = script.next(get(path));
            if (fault != null) {
                played.computeIfAbsent(path, key -> new ArrayList<>()).add(fault);
            }
        }
        return played;
    }

    private static Request get(String path) {
        return request(HttpMethod.GET, path, "Accept", "*/*");
    }

    private static Request request(HttpMethod method, String path, String header, String value) {
        DefaultHttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, path);
        head.headers().set(header, value);
        return Request.of(head, new RequestBody(new BodyRoom(0)));
    }
}
