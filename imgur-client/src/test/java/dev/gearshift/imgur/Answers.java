package dev.gearshift.imgur;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** What a server answers in tests. */
final class Answers {
    static final String IMAGE = "{\"data\":{\"id\":\"abc1234\"},\"success\":true,\"status\":200}";

    private Answers() {}

    static MockResponse answer(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    /** The same, and it tells that there are hundreds of credits: then calls do not wait for each other. */
    static MockResponse withCredits(MockResponse answer) {
        String reset = String.valueOf(Instant.now().plus(Duration.ofHours(1)).getEpochSecond());
        return answer.newBuilder()
                .setHeader("X-RateLimit-ClientLimit", "12500")
                .setHeader("X-RateLimit-ClientRemaining", "12000")
                .setHeader("X-RateLimit-UserLimit", "500")
                .setHeader("X-RateLimit-UserRemaining", "400")
                .setHeader("X-RateLimit-UserReset", reset)
                .setHeader("X-Post-Rate-Limit-Limit", "1250")
                .setHeader("X-Post-Rate-Limit-Remaining", "1200")
                .setHeader("X-Post-Rate-Limit-Reset", "3600")
                .build();
    }

    /** An answer of which nothing ever comes. */
    static MockResponse stalled() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    static Dispatcher each(Function<RecordedRequest, MockResponse> answers) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answers.apply(request);
            }
        };
    }

    /** Counts what is asked, and answers nothing. */
    static Dispatcher stalling(CountDownLatch asked) {
        return each(request -> {
            asked.countDown();
            return stalled();
        });
    }
}
