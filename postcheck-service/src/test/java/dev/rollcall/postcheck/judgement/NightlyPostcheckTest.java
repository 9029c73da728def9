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
    NightlyPostcheck nightly;

    @Inject
    Postcheck postcheck;

    @Inject
    HandClock clock;

    @BeforeEach
    void emptyLedgerAtFourInTheMorning() {
        new LedgerFixture(Backends.adminDataSource()).clean();
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
        nightly.night();
        assertThat(Night.strings("select result ->> 'askedBy' from scheduler_runs order by id"))
                .containsExactly("request", "schedule");
    }

    @Test
    void theScheduleOnlyReads() {
        Night.open(Night.DAY, 1, 1, 1, "openai").task("org-01", "p1", "openai", "failed", 5, "exhausted");
        nightly.night();
        assertThat(Night.count("scheduler_runs where status = 'NEEDS_ATTENTION'"))
                .isOne();
        assertThat(Night.count("repair")).isZero();
    }

    @Test
    void aDayThatCouldNotBeJudgedStaysOwedAlsoAfterMidnight() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        Night.execute("alter role rollcall_postcheck connection limit 0");
        try {
            Night.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rollcall_postcheck'");
            nightly.night();
            assertThat(Night.count("scheduler_runs")).isZero();
        } finally {
            Night.execute("alter role rollcall_postcheck connection limit -1");
        }
        clock.set("2026-11-22T09:00:00Z");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            nightly.settle();
            assertThat(Night.strings("select run_key from scheduler_runs")).containsExactly("daily:2026-11-21");
        });
        nightly.settle();
        assertThat(Night.count("scheduler_runs")).isOne();
    }
}
