package dev.rollcall.trigger.run;

import static dev.rollcall.trigger.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class RunStatusesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());

    @Inject
    RunStatuses statuses;

    @BeforeEach
    void clean() {
        ledger.clean();
    }

    @Test
    void countsAreSumsOverAllWritersOfALane() {
        long lane = ledger.lane("acme", "p1", DAY, 10).id();
        owner.useHandle(handle -> handle.execute("""
                insert into tally (lane, writer, running, succeeded, failed, cancelled, seen_at) values
                    (?, 1, 2, 3, 0, 0, '2026-11-20T08:00:00Z'), (?, 2, 0, 1, 2, 0, '2026-11-20T09:00:00Z'),
                    (?, 0, 0, 0, -1, 1, '2026-11-20T07:00:00Z')
                """, lane, lane, lane));
        get("/api/runs/1")
                .then()
                .statusCode(200)
                .body("status", equalTo("processing"))
                .body("total", equalTo(10))
                .body("processing", equalTo(2))
                .body("completed", equalTo(4))
                .body("failed", equalTo(1))
                .body("cancelled", equalTo(1))
                .body("pending", equalTo(2))
                .body("remaining", equalTo(4))
                .body("percent", equalTo(60.0f))
                .body("lastHeartbeat", equalTo("2026-11-20T09:00:00Z"))
                .body("organizations[0].completed", equalTo(4));
    }

    @Test
    void whatMovesHasAPaceAndAnEta() {
        long lane = ledger.lane("acme", "p1", DAY, 100).id();
        owner.useHandle(handle -> {
            handle.execute("update run set opened_at = clock_timestamp() - interval '50 seconds'");
            handle.execute("insert into tally (lane, writer, succeeded) values (?, 1, 50)", lane);
        });
        RunStatus status = get("/api/runs/1").as(RunStatus.class);
        assertThat(status.tasksPerSecond()).isBetween(new BigDecimal("0.8"), new BigDecimal("1.0"));
        assertThat(Duration.between(status.openedAt(), status.eta()))
                .isBetween(Duration.ofSeconds(95), Duration.ofSeconds(120));
    }

    @Test
    void aRunThatIsDoneHasThePaceOfItsLifeAndNoEta() {
        long lane = ledger.lane("acme", "p1", DAY, 100).id();
        owner.useHandle(handle -> {
            handle.execute("update run set closed_at = opened_at + interval '10 seconds'");
            handle.execute("insert into tally (lane, writer, succeeded) values (?, 1, 100)", lane);
        });
        get("/api/runs/1")
                .then()
                .body("status", equalTo("completed"))
                .body("percent", equalTo(100.0f))
                .body("tasksPerSecond", equalTo(10.0f))
                .body("closedAt", notNullValue())
                .body("eta", nullValue());
        get("/api/runs")
                .then()
                .body("runs.status", contains("completed"))
                .body("runs[0].tasksPerSecond", equalTo(10.0f));
    }

    /// A thousand organizations on four providers, counted by eight workers: 32,000 tallies.
    @Test
    void aThousandOrganizationsAreReadInOneGo() {
        owner.useHandle(handle -> handle.execute("""
                with opened as (
                    insert into run (kind, day, repeat, key, zone, deadline, planned, expected_hash)
                    values ('daily', '2026-11-20', 1, 'daily:2026-11-20', 'UTC', now() + interval '1 day', 400000, '')
                    returning id, day
                ), batched as (
                    insert into batch (run, organization, organization_name, day, planned)
                    select id, 'o' || n, 'O ' || n, day, 400 from opened, generate_series(1, 1000) n returning id, organization, day
                ), laned as (
                    insert into lane (batch, organization, day, provider, size)
                    select id, organization, day, 'p' || n, 100 from batched, generate_series(1, 4) n returning id
                )
                insert into tally (lane, writer, running, succeeded) select id, n, 1, 10 from laned, generate_series(1, 8) n
                """));
        owner.useHandle(handle -> handle.execute("analyze"));
        List<Long> millis = new java.util.ArrayList<>();
        for (int i = 0; i < 7; i++) {
            long start = System.nanoTime();
            View view = statuses.view(new RunId.Number(1)).orElseThrow();
            millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
            assertThat(view.organizations()).hasSize(1000);
            assertThat(view.summary().progress().counts()).isEqualTo(new Counts(400_000, 32_000, 320_000, 0, 0));
        }
        assertThat(millis.stream().sorted().toList().get(3))
                .as("median of %s ms", millis)
                .isLessThan(500);
    }
}
