package dev.rollcall.trigger.schedule;

import static dev.rollcall.trigger.Caller.get;
import static dev.rollcall.trigger.Caller.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.TurnedClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class NightlyScheduleTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());

    @Inject
    NightlySchedule nightly;

    @Inject
    TurnedClock clock;

    @BeforeEach
    void anOrganizationAndAProvider() {
        ledger.clean();
        ledger.organization("acme").prompts(2);
        ledger.provider("p1");
        installed("2026-01-01T00:00:00Z");
    }

    @AfterEach
    void release() {
        clock.release();
    }

    @Test
    void aDayIsOpenedWhenItIsDueAndOnce() {
        look("2026-11-20T08:00:00Z");
        look("2026-11-21T07:59:59Z");
        assertThat(keys()).containsExactly("daily:2026-11-20");
        look("2026-11-21T08:00:00Z");
        look("2026-11-21T08:00:00Z");
        look("2026-11-21T20:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-11-21", "daily:2026-11-20");
        get("/api/history").then().body("entries.status", contains("opened", "opened"));
        get("/api/history").then().body("entries.result.by", contains("schedule", "schedule"));
    }

    @Test
    void ofAllDaysMissedTheLastIsCaughtUpAndTheNextComesAsUsual() {
        look("2026-11-17T08:00:00Z");
        look("2026-11-20T15:00:00Z");
        look("2026-11-20T15:00:30Z");
        look("2026-11-21T08:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-11-21", "daily:2026-11-20", "daily:2026-11-17");
    }

    @Test
    void theNightOf23HoursIsOpenedOnce() {
        look("2026-03-07T08:00:00Z");
        look("2026-03-08T06:59:59Z");
        assertThat(keys()).containsExactly("daily:2026-03-07");
        look("2026-03-08T07:00:00Z");
        look("2026-03-08T08:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-03-08", "daily:2026-03-07");
    }

    @Test
    void theNightOf25HoursIsOpenedOnce() {
        look("2026-10-31T07:00:00Z");
        look("2026-11-01T07:00:00Z");
        look("2026-11-01T07:59:59Z");
        assertThat(keys()).containsExactly("daily:2026-10-31");
        look("2026-11-01T08:00:00Z");
        look("2026-11-01T09:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-11-01", "daily:2026-10-31");
    }

    @Test
    void aNewLedgerOwesNothingOfTheTimeBeforeIt() {
        installed("2026-11-20T09:00:00Z");
        look("2026-11-20T15:00:00Z");
        assertThat(keys()).isEmpty();
        look("2026-11-21T08:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-11-21");
    }

    @Test
    void aDayOpenedByARequestIsNotOpenedAgain() {
        clock.turnTo("2026-11-21T07:00:00Z");
        open("").then().statusCode(201);
        look("2026-11-21T08:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-11-21");
    }

    @Test
    void anEmptyDayIsWrittenDownOnceAndOnlyARequestOpensItLater() {
        ledger.clean();
        look("2026-11-20T08:00:00Z");
        look("2026-11-20T08:00:30Z");
        get("/api/history").then().body("entries.status", contains("nothing_to_run"));
        ledger.organization("acme").prompts(2);
        ledger.provider("p1");
        look("2026-11-20T09:00:00Z");
        assertThat(keys()).isEmpty();
        open("").then().statusCode(201);
        look("2026-11-21T08:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-11-21", "daily:2026-11-20");
    }

    @Test
    void aRequestThatFoundNothingBeforeTheDayWasDueDoesNotKeepTheScheduleFromIt() {
        ledger.clean();
        clock.turnTo("2026-11-20T07:00:00Z");
        open("").then().statusCode(409);
        ledger.organization("acme").prompts(2);
        ledger.provider("p1");
        look("2026-11-20T08:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-11-20");
    }

    @Test
    void manyReplicasOpenADayOnceAndWriteOneLine() throws InterruptedException {
        replicas(12, "2026-11-20T08:00:00Z");
        assertThat(keys()).containsExactly("daily:2026-11-20");
        get("/api/history").then().body("entries.status", contains("opened"));
        ledger.clean();
        replicas(12, "2026-11-21T08:00:00Z");
        get("/api/history").then().body("entries.status", contains("nothing_to_run"));
    }

    private void replicas(int count, String now) throws InterruptedException {
        clock.turnTo(now);
        List<Thread> replicas = java.util.stream.IntStream.range(0, count)
                .mapToObj(_ -> Thread.ofVirtual().start(nightly::look))
                .toList();
        for (Thread replica : replicas) {
            replica.join();
        }
    }

    private void look(String now) {
        clock.turnTo(now);
        nightly.look();
    }

    private void installed(String at) {
        owner.useHandle(handle -> handle.createUpdate("update installation set at = :at")
                .bind("at", Instant.parse(at))
                .execute());
    }

    private static List<String> keys() {
        return get("/api/runs").jsonPath().getList("runs.key");
    }
}
