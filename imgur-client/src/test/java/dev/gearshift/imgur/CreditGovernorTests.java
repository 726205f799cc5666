package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.CreditGovernor.Grant;
import dev.gearshift.imgur.CreditGovernor.Reservation;
import dev.gearshift.imgur.CreditGovernor.Shortage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class CreditGovernorTests {
    private static final Endpoint READ = Endpoint.get("image/{id}");
    private static final Endpoint UPLOAD = Endpoint.post("image").costing(10);
    private static final Endpoint TOKENS = new Endpoint("POST", "oauth2/token", 0, Endpoint.Access.NOBODY);

    private final ManualTime time = new ManualTime();

    private CreditGovernor governor(CreditPolicy policy) {
        return new CreditGovernor(policy.withDailyMargin(0), time, time);
    }

    private static RateLimits day(long remaining) {
        return new RateLimits(null, remaining, null, null, null, null, null, null);
    }

    private RateLimits hour(long remaining, Duration untilReset) {
        return new RateLimits(12_500L, 12_000L, 500L, remaining, time.instant().plus(untilReset), null, null, null);
    }

    private static Reservation granted(CompletableFuture<Grant> asked) {
        assertThat(asked).isDone();
        return (Reservation) asked.join();
    }

    private static Shortage refused(CompletableFuture<Grant> asked) {
        assertThat(asked).isDone();
        return (Shortage) asked.join();
    }

    @Test
    void asLongAsNothingIsKnownOneCallGoesFirst() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        CompletableFuture<Grant> first = governor.ask(READ);
        CompletableFuture<Grant> second = governor.ask(READ);
        CompletableFuture<Grant> third = governor.ask(READ);
        assertThat(second).isNotDone();

        granted(first).answered(day(1));

        granted(second);
        assertThat(third).isNotDone();
    }

    /** An upload may take minutes. */
    @Test
    void asLongAsNothingIsKnownOneReadGoesBesideAnUpload() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        Reservation upload = granted(governor.ask(UPLOAD));
        CompletableFuture<Grant> secondUpload = governor.ask(UPLOAD);
        Reservation read = granted(governor.ask(READ));
        CompletableFuture<Grant> secondRead = governor.ask(READ);
        assertThat(secondUpload).isNotDone();
        assertThat(secondRead).isNotDone();

        read.answered(day(12));

        granted(secondRead).answered(day(11));
        granted(governor.ask(READ)).answered(day(10));
        CompletableFuture<Grant> third = governor.ask(READ);
        assertThat(third).as("the upload may have cost the rest").isNotDone();
        assertThat(secondUpload).isNotDone();
        upload.answered(day(0));
        refused(third);
        refused(secondUpload);
    }

    @Test
    void afterTheHourOneReadGoesBesideAnUpload() {
        CreditGovernor governor = governor(CreditPolicy.waiting(Duration.ofHours(2)));
        granted(governor.ask(READ)).answered(hour(0, Duration.ofMinutes(1)));
        CompletableFuture<Grant> upload = governor.ask(UPLOAD);
        CompletableFuture<Grant> read = governor.ask(READ);
        CompletableFuture<Grant> secondRead = governor.ask(READ);
        assertThat(read).isNotDone();

        time.advance(Duration.ofMinutes(2));

        granted(upload);
        granted(read);
        assertThat(secondRead).isNotDone();
    }

    private RateLimits posts(long remaining) {
        return new RateLimits(
                12_500L, 12_000L, 500L, 400L, time.instant().plus(Duration.ofHours(1)), 1_250L, remaining, null);
    }

    /** What reads tell says nothing of posts. */
    @Test
    void asLongAsTheLimitOfPostsIsUnknownOnePostGoesFirst() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(hour(400, Duration.ofMinutes(30)));
        Reservation first = granted(governor.ask(UPLOAD));
        CompletableFuture<Grant> second = governor.ask(UPLOAD);
        CompletableFuture<Grant> third = governor.ask(UPLOAD);
        assertThat(second).isNotDone();
        granted(governor.ask(READ));

        first.answered(posts(1));

        granted(second);
        assertThat(third).isNotDone();
    }

    @Test
    void aServerThatCountsNoPostsIsSentMoreAndMoreAtOnce() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        for (int i = 0; i < 4; i++) {
            granted(governor.ask(UPLOAD)).answered(hour(400 - 10 * i, Duration.ofMinutes(30)));
        }
        for (int i = 0; i < 5; i++) {
            granted(governor.ask(UPLOAD));
        }
        assertThat(governor.ask(UPLOAD)).isNotDone();
    }

    @Test
    void whatTellsNothingWhileMuchIsKnownOpensNothingLater() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(hour(400, Duration.ofMinutes(5)));
        for (int i = 0; i < 50; i++) {
            granted(governor.ask(READ)).answered(null);
        }
        time.advance(Duration.ofMinutes(6));

        granted(governor.ask(READ));
        assertThat(governor.ask(READ)).isNotDone();
    }

    /** Answers may tell of the application only; then the hour is never confirmed. */
    @Test
    void anHourThatNobodyConfirmsHoldsUpFewerAndFewer() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(hour(400, Duration.ofMinutes(5)));
        time.advance(Duration.ofMinutes(6));
        for (int i = 0; i < 4; i++) {
            granted(governor.ask(READ)).answered(day(1_000 - i));
        }

        for (int i = 0; i < 5; i++) {
            granted(governor.ask(READ));
        }
        assertThat(governor.ask(READ)).isNotDone();
    }

    @Test
    void whoIsTurnedAwayForLongHoldsBackTheOthers() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).refused(time.instant().plus(Duration.ofMinutes(40)));

        assertThat(refused(governor.ask(READ)).until()).isEqualTo(time.instant().plus(Duration.ofMinutes(40)));
        time.advance(Duration.ofMinutes(41));
        granted(governor.ask(READ));
    }

    @Test
    void anAnswerWithoutHeadersNeverMeansZero() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(null);

        granted(governor.ask(READ));
        granted(governor.ask(READ));
        CompletableFuture<Grant> beyond = governor.ask(READ);

        assertThat(beyond).as("twice as many as before").isNotDone();
    }

    /** The first answer may come from a cache, which tells nothing; the next may tell that there is nothing left. */
    @Test
    void oneGoodAnswerWithoutHeadersOpensTheWayForOneCallMore() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(null);

        Reservation second = granted(governor.ask(READ));
        granted(governor.ask(READ));
        CompletableFuture<Grant> beyond = governor.ask(READ);
        assertThat(beyond).isNotDone();
        second.answered(day(0));

        assertThat(beyond).isNotDone();
    }

    @Test
    void aServerThatCountsNoCreditsIsAskedByMoreAndMoreAtOnce() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        for (int i = 0; i < 99; i++) {
            granted(governor.ask(READ)).answered(null);
        }

        for (int i = 0; i < 100; i++) {
            granted(governor.ask(READ));
        }
        assertThat(governor.ask(READ)).isNotDone();
    }

    @Test
    void whereCallsFailFewerAreSentAtOnce() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        for (int i = 0; i < 7; i++) {
            granted(governor.ask(READ)).answered(null);
        }
        granted(governor.ask(READ)).failed(null); // 8 might have been sent.

        for (int i = 0; i < 4; i++) {
            granted(governor.ask(READ));
        }
        assertThat(governor.ask(READ)).isNotDone();
    }

    @Test
    void theDayIsStoppedBeforeItsLimitAndNeverWaitedFor() {
        CreditGovernor governor = governor(CreditPolicy.waiting(Duration.ofDays(30)));
        granted(governor.ask(READ)).answered(day(3));
        for (int i = 0; i < 3; i++) {
            granted(governor.ask(READ)).answered(null);
        }

        Shortage shortage = refused(governor.ask(READ));

        assertThat(shortage.of()).isEqualTo("the application's credits for today");
        assertThat(shortage.until()).isAfter(time.instant());
    }

    @Test
    void theMarginIsLeftToOthers() {
        CreditGovernor governor = new CreditGovernor(CreditPolicy.failing().withDailyMargin(10), time, time);
        granted(governor.ask(READ)).answered(day(11));
        granted(governor.ask(READ)).answered(day(10));

        refused(governor.ask(READ));
    }

    @Test
    void whoeverAsksWhetherTheDayIsOverMayTakeOfTheMargin() {
        CreditGovernor governor = new CreditGovernor(CreditPolicy.failing().withDailyMargin(1), time, time);
        granted(governor.ask(READ)).answered(day(1));
        assertThat(refused(governor.ask(READ)).today()).isTrue();

        granted(governor.ask(Endpoint.CREDITS)).answered(day(0));
        refused(governor.ask(Endpoint.CREDITS));
    }

    @Test
    void theNewDayIsKnownByAskingForIt() {
        CreditGovernor governor = new CreditGovernor(CreditPolicy.failing().withDailyMargin(10), time, time);
        granted(governor.ask(READ)).answered(day(10));
        time.advance(Duration.ofHours(3));
        refused(governor.ask(READ));

        granted(governor.ask(Endpoint.CREDITS)).answered(day(12_499));

        granted(governor.ask(READ));
    }

    @Test
    void anUploadTakesTen() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(day(19));

        Reservation upload = granted(governor.ask(UPLOAD));
        CompletableFuture<Grant> second = governor.ask(UPLOAD);
        assertThat(second).as("the first may yet be turned away").isNotDone();
        upload.answered(day(9));

        refused(second);
        granted(governor.ask(READ));
        assertThat(governor.spent()).isEqualTo(12);
    }

    @Test
    void whatWasNotSentCostsNothing() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(day(1));

        granted(governor.ask(READ)).release();

        granted(governor.ask(READ));
        assertThat(governor.spent()).isEqualTo(2);
    }

    @Test
    void tokensCostNothing() {
        CreditGovernor governor = governor(CreditPolicy.failing().withBudget(0));

        granted(governor.ask(TOKENS)).answered(null);
        refused(governor.ask(READ));
    }

    @Test
    void tokensNeverStandInLine() {
        CreditGovernor governor = governor(CreditPolicy.waiting(Duration.ofHours(1)));
        Reservation first = granted(governor.ask(READ));
        CompletableFuture<Grant> second = governor.ask(READ);

        granted(governor.ask(TOKENS)).answered(null);

        assertThat(second).as("what tokens cost says nothing about credits").isNotDone();
        first.answered(hour(0, Duration.ofMinutes(5)));
        granted(governor.ask(TOKENS));
        assertThat(second).isNotDone();
    }

    @Test
    void aLongLineIsServedInOrderAndFast() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        List<CompletableFuture<Grant>> line = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            line.add(governor.ask(READ));
        }
        granted(line.get(0)).answered(day(15_000));

        assertThat(line.subList(0, 15_001)).allMatch(CompletableFuture::isDone);
        assertThat(line.subList(15_001, 20_000)).noneMatch(CompletableFuture::isDone);
        for (int i = 1; i <= 15_000; i++) {
            granted(line.get(i)).answered(day(15_000 - i));
        }
        assertThat(line.subList(15_001, 20_000)).allMatch(asked -> asked.join() instanceof Shortage);
    }

    @Test
    void aBudgetIsNeverExceededNorRefilled() {
        CreditGovernor governor =
                governor(CreditPolicy.waiting(Duration.ofHours(2)).withBudget(12));
        granted(governor.ask(READ)).answered(day(12_000));
        granted(governor.ask(UPLOAD)).answered(day(12_000));

        assertThat(refused(governor.ask(UPLOAD))).isEqualTo(new Shortage("the budget of 12 credits", null, false));
        granted(governor.ask(READ));
        time.advance(Duration.ofDays(2));
        refused(governor.ask(READ));
    }

    @Test
    void theHourIsWaitedForAndComesBack() {
        CreditGovernor governor = governor(CreditPolicy.waiting(Duration.ofHours(1)));
        granted(governor.ask(READ)).answered(hour(0, Duration.ofMinutes(40)));
        CompletableFuture<Grant> waiting = governor.ask(READ);
        assertThat(waiting).isNotDone();

        time.advance(Duration.ofMinutes(39));
        assertThat(waiting).isNotDone();
        time.advance(Duration.ofMinutes(1));

        granted(waiting);
    }

    @Test
    void theHourIsNotWaitedForLongerThanAllowed() {
        CreditGovernor governor = governor(CreditPolicy.waiting(Duration.ofMinutes(30)));
        granted(governor.ask(READ)).answered(hour(0, Duration.ofMinutes(40)));

        assertThat(refused(governor.ask(READ)).until()).isEqualTo(time.instant().plus(Duration.ofMinutes(40)));
        time.advance(Duration.ofMinutes(15));
        assertThat(governor.ask(READ)).isNotDone();
    }

    @Test
    void whoeverGivesUpLeavesTheLine() {
        CreditGovernor governor = governor(CreditPolicy.waiting(Duration.ofHours(1)));
        granted(governor.ask(READ)).answered(hour(0, Duration.ofMinutes(40)));
        CompletableFuture<Grant> first = governor.ask(READ);
        CompletableFuture<Grant> second = governor.ask(READ);

        first.cancel(false);
        time.advance(Duration.ofMinutes(40));

        granted(second);
        assertThat(time.untilNext()).isEmpty();
    }

    @Test
    void readingPassesAnUploadThatWaitsForPosts() {
        CreditGovernor governor = governor(CreditPolicy.waiting(Duration.ofHours(1)));
        granted(governor.ask(UPLOAD))
                .answered(new RateLimits(
                        12_500L,
                        1000L,
                        500L,
                        400L,
                        time.instant().plusSeconds(3000),
                        1250L,
                        0L,
                        time.instant().plusSeconds(600)));
        CompletableFuture<Grant> upload = governor.ask(UPLOAD);

        granted(governor.ask(READ));
        assertThat(upload).isNotDone();
        time.advance(Duration.ofSeconds(600));
        granted(upload);
    }

    @Test
    void smallCallsDoNotStarveALargeOne() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(day(20));
        List<Reservation> reads = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            reads.add(granted(governor.ask(READ)));
        }
        CompletableFuture<Grant> upload = governor.ask(UPLOAD);
        CompletableFuture<Grant> read = governor.ask(READ);

        assertThat(upload).isNotDone();
        assertThat(read).isNotDone();
        for (int i = 0; i < 11; i++) {
            reads.get(i).answered(day(19 - i));
        }

        refused(upload);
        granted(read);
    }

    @Test
    void anHourThatIsOverIsForgotten() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        Reservation late = granted(governor.ask(READ));
        late.answered(hour(1, Duration.ofMinutes(5)));
        Reservation slow = granted(governor.ask(READ));
        RateLimits ofTheOldHour = hour(0, Duration.ofMinutes(5));
        time.advance(Duration.ofMinutes(6));
        granted(governor.ask(READ)).answered(hour(499, Duration.ofMinutes(59)));

        slow.answered(ofTheOldHour);

        for (int i = 0; i < 400; i++) {
            granted(governor.ask(READ));
        }
    }

    @Test
    void anHourThatOnlyThisClockTakesForOverIsNotOver() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(hour(1, Duration.ofMinutes(5)));
        RateLimits stillThatHour = hour(0, Duration.ofMinutes(5));
        time.advance(Duration.ofMinutes(5).plusSeconds(1));

        granted(governor.ask(READ)).answered(stillThatHour);

        refused(governor.ask(READ));
    }

    @Test
    void anHourThatShouldHaveBegunIsTriedByOneCall() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(hour(10, Duration.ofMinutes(5)));
        Reservation ofTheOldHour = granted(governor.ask(READ));
        time.advance(Duration.ofMinutes(6));

        Reservation first = granted(governor.ask(READ));
        CompletableFuture<Grant> second = governor.ask(READ);
        assertThat(second).isNotDone();
        ofTheOldHour.answered(hour(9, Duration.ofMinutes(-1)));
        assertThat(second)
                .as("what was sent before tells nothing about this hour")
                .isNotDone();
        first.answered(hour(499, Duration.ofMinutes(59)));

        granted(second);
        for (int i = 0; i < 400; i++) {
            granted(governor.ask(READ));
        }
    }

    @Test
    void anHourOfUnknownSizeIsTriedByOneCall() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ))
                .answered(new RateLimits(
                        null, 12_000L, null, 400L, time.instant().plus(Duration.ofMinutes(5)), null, null, null));
        time.advance(Duration.ofMinutes(6));

        Reservation first = granted(governor.ask(READ));
        CompletableFuture<Grant> second = governor.ask(READ);

        assertThat(second).isNotDone();
        first.answered(hour(499, Duration.ofMinutes(59)));
        granted(second);
    }

    @Test
    void aClockThatIsWrongByHoursOnlyMakesItCareful() {
        CreditGovernor governor = governor(CreditPolicy.failing());
        granted(governor.ask(READ)).answered(hour(0, Duration.ofHours(-5)));

        refused(governor.ask(READ));
        time.advance(Duration.ofMinutes(61));
        granted(governor.ask(READ));
    }

    /** Thirty-two callers, answers in any order, some of them without headers, some calls charged ten: never one too many. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void neverSpendsMoreThanThereIsWhicheverOrderAnswersComeIn(long seed) {
        Random random = new Random(seed);
        CreditGovernor governor = governor(CreditPolicy.failing());
        long left = 100 + random.nextInt(200);
        List<CompletableFuture<Grant>> waiting = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        int refusals = 0;
        while (refusals < 32) {
            while (waiting.size() + answers.size() < 32) {
                waiting.add(governor.ask(random.nextInt(10) == 0 ? UPLOAD : READ));
            }
            Collections.shuffle(waiting, random);
            for (CompletableFuture<Grant> asked : List.copyOf(waiting)) {
                if (asked.isDone()) {
                    waiting.remove(asked);
                    Reservation reservation = asked.join() instanceof Reservation given ? given : null;
                    if (reservation == null) {
                        refusals++;
                        continue;
                    }
                    left -= reservation.cost();
                    assertThat(left).as("seed " + seed).isNotNegative();
                    @Nullable RateLimits told = random.nextInt(5) == 0 ? null : day(left);
                    answers.add(() -> reservation.answered(told));
                }
            }
            if (!answers.isEmpty()) {
                answers.remove(random.nextInt(answers.size())).run();
            }
        }
        assertThat(left).as("nearly all of it was used").isLessThan(20);
    }
}
