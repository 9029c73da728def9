package dev.rollcall.postcheck.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.postcheck.HandClock;
import dev.rollcall.postcheck.Night;
import dev.rollcall.postcheck.TestSettings;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestSettings.class)
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_postcheck"))
class NightlyPostcheckTest {
    @Inject
    Postcheck postcheck;

    @Inject
    Judgements judgements;

    @Inject
    HandClock clock;

    private NightlyPostcheck nightly;

    @BeforeEach
    void emptyLedgerAtFourInTheMorning() {
        new LedgerFixture(Backends.adminDataSource()).clean();
        installed("2026-01-01T00:00:00Z");
        nightly = started("0 0 4 * * ?");
        clock.set("2026-11-21T09:00:00Z");
    }

    @Test
    void anyNumberOfReplicasJudgesADayOnceBySchedule() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        List<CompletableFuture<Void>> replicas = IntStream.range(0, 6)
                .mapToObj(_ ->
                        CompletableFuture.runAsync(() -> postcheck.bySchedule(Night.DAY), Thread::startVirtualThread))
                .toList();
        replicas.forEach(CompletableFuture::join);
        assertThat(Night.count("scheduler_runs")).isOne();
        postcheck.bySchedule(Night.DAY.plusDays(1));
        assertThat(Night.count("scheduler_runs")).isEqualTo(2);
    }

    @Test
    void aJudgementOnDemandDoesNotStandForTheScheduledOne() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        postcheck.onDemand(java.util.Optional.empty(), false);
        nightly.look();
        assertThat(Night.strings("select result ->> 'askedBy' from scheduler_runs order by id"))
                .containsExactly("request", "schedule");
    }

    @Test
    void theScheduleOnlyReads() {
        Night.open(Night.DAY, 1, 1, 1, "openai").task("org-01", "p1", "openai", "failed", 5, "exhausted");
        nightly.look();
        assertThat(Night.count("scheduler_runs where status = 'NEEDS_ATTENTION'"))
                .isOne();
        assertThat(Night.count("repair")).isZero();
    }

    @Test
    void aDayThatCouldNotBeJudgedStaysOwedAlsoAfterMidnightAndARestart() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        Night.execute("alter role rollcall_postcheck connection limit 0");
        try {
            Night.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rollcall_postcheck'");
            nightly.look();
            assertThat(Night.count("scheduler_runs")).isZero();
        } finally {
            Night.execute("alter role rollcall_postcheck connection limit -1");
        }
        clock.set("2026-11-22T08:59:59Z");
        nightly = started("0 0 4 * * ?");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            nightly.look();
            assertThat(Night.strings("select run_key from scheduler_runs")).containsExactly("daily:2026-11-21");
        });
        nightly.look();
        assertThat(Night.count("scheduler_runs")).isOne();
    }

    @Test
    void aDayThatPassedWhileThePostcheckWasDownIsJudgedAtItsStartAndOnce() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        clock.set("2026-11-21T15:00:00Z");
        nightly.look();
        nightly.look();
        started("0 0 4 * * ?").look();
        assertThat(judged()).containsExactly("2026-11-21");
    }

    @Test
    void ofAllDaysMissedTheLastIsJudgedAndTheNextComesAsUsual() {
        nightly.look();
        clock.set("2026-11-24T08:59:59Z");
        nightly.look();
        clock.set("2026-11-24T09:00:00Z");
        nightly.look();
        assertThat(judged()).containsExactly("2026-11-21", "2026-11-23", "2026-11-24");
    }

    @Test
    void aLedgerOwesNoJudgementOfTheTimeBeforeIt() {
        installed("2026-11-21T09:00:01Z");
        clock.set("2026-11-21T15:00:00Z");
        nightly.look();
        assertThat(judged()).isEmpty();
        clock.set("2026-11-22T09:00:00Z");
        nightly.look();
        assertThat(judged()).containsExactly("2026-11-22");
    }

    @Test
    void aScheduleThatIsOffOwesNothing() {
        started("off").look();
        started("disabled").look();
        assertThat(judged()).isEmpty();
    }

    /// A postcheck that has just started.
    private NightlyPostcheck started(String cron) {
        return new NightlyPostcheck(postcheck, judgements, clock, cron, "America/New_York");
    }

    private static List<String> judged() {
        return Night.strings("select result -> 'summary' ->> 'day' from scheduler_runs order by id");
    }

    private static void installed(String at) {
        Night.execute("update installation set at = cast(? as timestamptz)", at);
    }
}
