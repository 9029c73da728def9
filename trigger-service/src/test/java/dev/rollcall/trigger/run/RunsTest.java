package dev.rollcall.trigger.run;

import static dev.rollcall.trigger.Caller.SECRET;
import static dev.rollcall.trigger.Caller.get;
import static dev.rollcall.trigger.Caller.knowing;
import static dev.rollcall.trigger.Caller.open;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.QuietDispatcher;
import dev.rollcall.trigger.TurnedClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class RunsTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());

    private final Jdbi owner = Ledger.over(Backends.adminDataSource());

    @Inject
    TurnedClock clock;

    @BeforeEach
    void twoOrganizationsAndTwoProviders() {
        ledger.clean();
        ledger.organization("acme").named("Acme Inc.").prompts(3);
        ledger.organization("bird").prompts(1);
        ledger.organization("idle").prompts(5).inactive();
        ledger.provider("p1");
        ledger.provider("p2");
        clock.turnTo("2026-11-21T12:00:00Z");
    }

    @AfterEach
    void release() {
        clock.release();
    }

    @Test
    void openingADayAnswersWithTheRun() {
        open("?day=2026-11-20")
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/runs/1"))
                .body("id", equalTo(1))
                .body("key", equalTo("daily:2026-11-20"))
                .body("day", equalTo("2026-11-20"))
                .body("zone", equalTo("America/New_York"))
                .body("status", equalTo("pending"))
                .body("total", equalTo(8))
                .body("pending", equalTo(8))
                .body("remaining", equalTo(8))
                .body("percent", equalTo(0.0f))
                .body("closedAt", nullValue())
                .body("lastHeartbeat", nullValue())
                .body("eta", nullValue())
                .body("openedAt", endsWith("Z"))
                .body("organizations.id", contains("acme", "bird"))
                .body("organizations.name", contains("Acme Inc.", "bird"))
                .body("organizations.total", contains(6, 2));
    }

    @Test
    void openingItAgainChangesNothingAndForceOpensANumberedRepeat() {
        open("?day=2026-11-20").then().statusCode(201);
        open("?day=2026-11-20").then().statusCode(200).body("id", equalTo(1)).body("total", equalTo(8));
        open("?day=2026-11-20&force=true").then().statusCode(201).body("key", equalTo("daily:2026-11-20#2"));
        get("/api/runs").then().body("runs.key", contains("daily:2026-11-20#2", "daily:2026-11-20"));
        get("/api/history?function=trigger")
                .then()
                .body("entries.status", contains("opened", "already_open", "opened"))
                .body("entries.runKey", contains("daily:2026-11-20#2", "daily:2026-11-20", "daily:2026-11-20"))
                .body("entries.result.by", contains("request", "request", "request"));
    }

    @Test
    void aRunWhoseHistoryCouldNotBeWrittenIsNotOpen() {
        open("?day=2026-11-20").then().statusCode(201);
        execute("""
                create function break_connection() returns trigger language plpgsql as
                $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
                create trigger break_connection before insert on scheduler_runs
                    for each row execute function break_connection();
                """);
        try {
            open("?day=2026-11-20&force=true").then().statusCode(503).header("Retry-After", notNullValue());
        } finally {
            execute("drop function break_connection() cascade");
        }
        repeatIsTheSecond();
    }

    @Test
    void aRunWhoseStatusCouldNotBeToldIsNotOpen() {
        open("?day=2026-11-20").then().statusCode(201);
        try (var _ = new QuietDispatcher()) {
            execute("revoke select on tally from rollcall_trigger");
            open("?day=2026-11-20&force=true").then().statusCode(500);
        } finally {
            execute("grant select on tally to rollcall_trigger");
        }
        repeatIsTheSecond();
    }

    private static void repeatIsTheSecond() {
        open("?day=2026-11-20&force=true").then().statusCode(201).body("key", equalTo("daily:2026-11-20#2"));
        get("/api/runs").then().body("runs", hasSize(2));
        get("/api/history").then().body("entries.status", contains("opened", "opened"));
    }

    @Test
    void whatTookLongestGoesFirstNextTimeAndBeforeItWhatIsNew() {
        open("?day=2026-11-20").then().statusCode(201);
        execute("""
                insert into attempt (day, task, attempt, worker, outcome, claimed_at, started_at, ended_at)
                select l.day, l.id << 24 | i.n, 1, 7, 'succeeded', now(), now(),
                       now() + case when i.prompt = 'p2' and l.provider = 'p1' then 9 else i.n end * interval '1 second'
                from batch b join lane l on l.batch = b.id join item i on i.day = b.day and i.batch = b.id
                where b.organization = 'acme'
                """);
        execute("insert into prompt (organization, id, text) values ('acme', 'p9', 'What is new?')");
        open("?day=2026-11-21").then().statusCode(201);
        assertThat(texts("""
                        select prompt from item i join batch b on b.id = i.batch
                        where b.run = 2 and b.organization = 'acme' order by i.n
                        """)).containsExactly("p9", "p2", "p3", "p1");
    }

    @Test
    void theOrderDoesNotChangeTheHashOfWhatIsExpected() {
        open("?day=2026-11-20").then().statusCode(201);
        execute("""
                insert into attempt (day, task, attempt, worker, outcome, claimed_at, started_at, ended_at)
                select l.day, l.id << 24 | i.n, 1, 7, 'succeeded', now(), now(), now() + i.n * interval '1 second'
                from batch b join lane l on l.batch = b.id join item i on i.day = b.day and i.batch = b.id
                """);
        open("?day=2026-11-21").then().statusCode(201);
        assertThat(texts("select prompt from item where batch = 3 order by n")).containsExactly("p3", "p2", "p1");
        assertThat(texts("select distinct encode(expected_hash, 'hex') from run"))
                .hasSize(1);
    }

    @Test
    void withoutADayItIsTodayInTheRunsZone() {
        clock.turnTo("2026-11-21T04:59:59Z");
        open("").then().statusCode(201).body("day", equalTo("2026-11-20"));
        clock.turnTo("2026-11-21T05:00:00Z");
        open("").then().statusCode(201).body("day", equalTo("2026-11-21"));
    }

    @Test
    void twentyCallersAtOnceOpenOneRun() throws InterruptedException, ExecutionException {
        Callable<Integer> caller = () -> open("?day=2026-11-20").statusCode();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers =
                    IntStream.range(0, 20).mapToObj(_ -> callers.submit(caller)).toList();
            int opened = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 201);
                opened += answer.get() == 201 ? 1 : 0;
            }
            assertThat(opened).isEqualTo(1);
        }
        get("/api/runs").then().body("runs", hasSize(1)).body("runs[0].total", equalTo(8));
        assertThat(ledger.tasksByState()).containsEntry("pending", 8L).hasSize(1);
    }

    @Test
    void aRunIsFoundByItsNumberAndByItsKey() {
        open("?day=2026-11-20").then().statusCode(201);
        open("?day=2026-11-20&force=true").then().statusCode(201);
        get("/api/runs/1").then().statusCode(200).body("key", equalTo("daily:2026-11-20"));
        get("/api/runs/{id}", "daily:2026-11-20#2").then().statusCode(200).body("id", equalTo(2));
        knowing(SECRET)
                .urlEncodingEnabled(false)
                .get("/api/runs/daily:2026-11-20%232")
                .then()
                .statusCode(200)
                .body("id", equalTo(2));
        get("/api/runs/1/organizations/bird")
                .then()
                .statusCode(200)
                .body("id", equalTo("bird"))
                .body("total", equalTo(2))
                .body("status", equalTo("pending"));
    }

    @Test
    void aListLeavesTheOrganizationsOut() {
        open("?day=2026-11-20").then().statusCode(201);
        get("/api/runs?limit=1").then().body("runs[0].total", equalTo(8)).body("runs[0].organizations", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/runs/2",
                "/api/runs/daily:1999-01-01",
                "/api/runs/99999999999999999999",
                "/api/runs/1/organizations/nobody",
                "/api/runs/1/organizations/idle",
                "/api/runs/2/organizations/acme"
            })
    void whatIsUnknownIs404(String path) {
        open("?day=2026-11-20").then().statusCode(201);
        get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("no run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?day=yesterday", "?day=2026-02-29", "?day=2026-11-23", "?force=maybe"})
    void whatCanNotBeMeantIs400(String query) {
        open(query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("must be"));
        get("/api/runs").then().body("runs", empty());
    }

    @Test
    void aDayWithNothingToRunIs409AndIsWrittenDown() {
        ledger.clean();
        ledger.organization("acme").prompts(3);
        open("?day=2026-11-20")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("provider"));
        get("/api/history").then().body("entries.status", contains("nothing_to_run"));
        ledger.provider("p1");
        open("?day=2026-11-20").then().statusCode(201);
    }

    @Test
    void whoDoesNotKnowTheSecretOpensNothing() {
        given().post("/api/runs").then().statusCode(401).contentType("application/problem+json");
        given().get("/api/runs").then().statusCode(401).contentType("application/problem+json");
        knowing("a guess").post("/api/runs").then().statusCode(401).body("detail", containsString("x-cron-secret"));
        get("/api/runs").then().body("runs", empty());
    }

    private void execute(String sql) {
        owner.useHandle(handle -> handle.execute(sql));
    }

    private List<String> texts(String sql) {
        return owner.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
