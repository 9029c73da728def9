package dev.rollcall.trigger.change;

import static dev.rollcall.trigger.BatchOfRows.DAY;
import static dev.rollcall.trigger.PlayedWorker.End.ABORTED;
import static dev.rollcall.trigger.PlayedWorker.End.FAILED;
import static dev.rollcall.trigger.PlayedWorker.End.RETRY;
import static dev.rollcall.trigger.PlayedWorker.End.SUCCEEDED;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.BatchOfRows;
import dev.rollcall.trigger.PlayedWorker;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class ChangesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Several portions of a revival.
    private static final int MANY = 150_000;

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private final PlayedWorker worker = new PlayedWorker();
    private String key = "";

    @BeforeEach
    void anOrganization() {
        ledger.clean();
        ledger.organization("acme");
        ledger.organization("bird");
        key = TestKeys.of("acme", "read", "write", "operate");
    }

    @Test
    void aCancelCancelsWhatIsPendingAndSaysWhatBecameOfTheRest() {
        BatchOfRows batch = BatchOfRows.of("acme", 2, 100, 10);
        worker.claim(List.of(batch.task(0, 0), batch.task(0, 1), batch.task(1, 0), batch.task(1, 1)));
        worker.end(batch.task(0, 0), SUCCEEDED);
        worker.end(batch.task(0, 1), FAILED);
        worker.end(batch.task(1, 0), RETRY);
        change(batch, "cancel")
                .statusCode(200)
                .body("batchId", equalTo(Long.toString(batch.id())))
                .body("status", equalTo("cancelling"))
                .body("counts.pending", equalTo(0))
                .body("counts.cancelled", equalTo(197))
                .body("receipt.neverStarted", equalTo(197))
                .body("receipt.abortedInCall", equalTo(0))
                .body("receipt.finishedBefore", equalTo(2))
                .body("receipt.stillRunning", equalTo(1));
        worker.end(batch.task(1, 1), ABORTED);
        await().atMost(PATIENCE).until(() -> status(batch).equals("cancelled"));
        cancel(batch)
                .statusCode(200)
                .body("receipt.neverStarted", equalTo(197))
                .body("receipt.abortedInCall", equalTo(1))
                .body("receipt.stillRunning", equalTo(0));
        assertThat(count("retry")).isZero();
        assertThat(count("lane where next = 10")).as("the cursors stay").isEqualTo(2);
        assertThat(count("audit where what = 'batch.cancel'")).isOne();
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void theAnswerToACancelWaitsForCallsThatAreAborted() throws InterruptedException, ExecutionException {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 3, 3);
        worker.claim(List.of(batch.task(0, 0), batch.task(0, 1)));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ValidatableResponse> answer = callers.submit(() -> cancel(batch));
            await().atMost(PATIENCE).until(() -> count("task where state = 'cancelled'") == 1);
            worker.end(batch.task(0, 0), ABORTED);
            worker.end(batch.task(0, 1), RETRY);
            answer.get()
                    .body("receipt.neverStarted", equalTo(1))
                    .body("receipt.abortedInCall", equalTo(2))
                    .body("receipt.stillRunning", equalTo(0));
        }
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void whatComesBackToACancelledBatchIsCancelledToo() {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 3, 3);
        worker.claim(List.of(batch.task(0, 0)));
        change(batch, "cancel").body("receipt.stillRunning", equalTo(1));
        worker.end(batch.task(0, 0), RETRY);
        await().atMost(PATIENCE).until(() -> status(batch).equals("cancelled"));
        change(batch, "cancel").body("receipt.neverStarted", equalTo(2)).body("receipt.abortedInCall", equalTo(1));
        assertThat(count("retry")).isZero();
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void aCancelWhoseCallerDiedIsFinishedByTheSweep() {
        BatchOfRows batch = BatchOfRows.of("acme", 2, 30, 5);
        owner.useHandle(handle -> handle.execute(
                "update batch set cancelled_at = clock_timestamp() - interval '1 minute' where id = ?", batch.id()));
        await().atMost(PATIENCE).until(() -> status(batch).equals("cancelled"));
        change(batch, "cancel").body("receipt.neverStarted", equalTo(60));
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void aResumeMakesDueWhatTheCursorHasPassedAndLeavesTheRestToIt() {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 20, 4);
        worker.claim(List.of(batch.task(0, 0), batch.task(0, 1)));
        worker.end(batch.task(0, 0), SUCCEEDED);
        worker.end(batch.task(0, 1), RETRY);
        cancel(batch).statusCode(200);
        await().atMost(PATIENCE).until(() -> status(batch).equals("cancelled"));
        change(batch, "resume")
                .statusCode(200)
                .body("status", equalTo("processing"))
                .body("receipt", nullValue())
                .body("counts.pending", equalTo(19))
                .body("counts.cancelled", equalTo(0));
        assertThat(tasks("retry")).containsExactly(batch.task(0, 1), batch.task(0, 2), batch.task(0, 3));
        assertThat(count("retry r join task t on t.id = r.task where t.attempt = r.attempt and t.spared = t.attempt"))
                .isEqualTo(3);
        assertThat(count("(select distinct not_before from retry) as once")).isOne();
        assertThat(count("batch where closed_at is null and cancelled_at is null and unstarted = 0"))
                .isOne();
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void aResumeWhoseCallerDiedIsFinishedByTheSweep() {
        BatchOfRows batch = BatchOfRows.of("acme", 2, 30, 5);
        cancel(batch).statusCode(200);
        await().atMost(PATIENCE).until(() -> status(batch).equals("cancelled"));
        owner.useHandle(handle -> handle.execute("update batch set reviving = 'cancelled' where id = ?", batch.id()));
        await().atMost(PATIENCE).until(() -> count("batch where reviving is null") == 1);
        as(key).get("/api/batch/" + batch.id())
                .then()
                .body("status", equalTo("processing"))
                .body("counts.pending", equalTo(60))
                .body("receipt", nullValue());
        assertThat(count("retry")).isEqualTo(10);
        assertThat(count("batch where unstarted = 0")).isOne();
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void aCancelInTheMiddleOfAResumeWins() throws InterruptedException, ExecutionException {
        BatchOfRows batch = BatchOfRows.of("acme", 1, MANY, 10);
        cancel(batch).statusCode(200);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> resume = people.submit(() -> change(batch, "resume").statusCode(200));
            await().atMost(PATIENCE)
                    .until(() -> count("batch where reviving is not null and unstarted < " + MANY) == 1);
            cancel(batch).statusCode(200).body("counts.pending", equalTo(0));
            resume.get();
        }
        await().atMost(PATIENCE).until(() -> status(batch).equals("cancelled"));
        cancel(batch).body("receipt.neverStarted", equalTo(MANY)).body("receipt.abortedInCall", equalTo(0));
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void whatWasAbortedJustAfterAResumeIsRevivedAndNotClosed() {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 2, 2);
        worker.claim(List.of(batch.task(0, 0), batch.task(0, 1)));
        worker.end(batch.task(0, 0), SUCCEEDED);
        worker.end(batch.task(0, 1), ABORTED);
        await().atMost(PATIENCE).until(() -> tasks("retry").equals(List.of(batch.task(0, 1))));
        assertThat(status(batch)).isEqualTo("processing");
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void aPauseIsUndoneByAResume() {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 5, 2);
        change(batch, "pause").statusCode(200).body("status", equalTo("paused"));
        change(batch, "pause").statusCode(200).body("status", equalTo("paused"));
        change(batch, "resume").statusCode(200).body("status", equalTo("processing"));
        change(batch, "resume").statusCode(200).body("status", equalTo("processing"));
        assertThat(count("audit"))
                .as("what changed nothing is not written down")
                .isEqualTo(2);
        assertThat(count("retry")).isZero();
    }

    @Test
    void whatFailedIsTriedAgainAlsoInACompletedBatch() {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 2, 2);
        worker.claim(List.of(batch.task(0, 0), batch.task(0, 1)));
        worker.end(batch.task(0, 0), SUCCEEDED);
        worker.end(batch.task(0, 1), FAILED);
        await().atMost(PATIENCE).until(() -> status(batch).equals("completed"));
        change(batch, "retry-failed")
                .statusCode(200)
                .body("status", equalTo("processing"))
                .body("counts.pending", equalTo(1));
        assertThat(tasks("retry")).containsExactly(batch.task(0, 1));
        assertThat(count("(select sum(tasks) as n from failure group by lane, reason) as f where n <> 0"))
                .isZero();
        change(batch, "retry-failed").statusCode(200);
        assertThat(count("retry")).isOne();
        assertThat(worker.claim(List.of(batch.task(0, 1)))).hasSize(1);
        worker.end(batch.task(0, 1), SUCCEEDED);
        await().atMost(PATIENCE).until(() -> status(batch).equals("completed"));
        assertThat(ledger.recount()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"cancel", "pause", "resume"})
    void aCompletedBatchIsInNoStateForThat(String action) {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 1, 1);
        worker.claim(List.of(batch.task(0, 0)));
        worker.end(batch.task(0, 0), SUCCEEDED);
        change(batch, action)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("every task of it is final"));
        assertThat(count("audit")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"pause", "retry-failed"})
    void aCancelledBatchMustBeResumedFirst(String action) {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 1, 1);
        cancel(batch).statusCode(200);
        change(batch, action).statusCode(409).body("detail", containsString("resume it first"));
    }

    @Test
    void whoMayNotAndWhatIsNotThere() {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 1, 1);
        String path = "/api/batch/" + batch.id();
        as(TestKeys.of("bird", "operate"))
                .delete(path)
                .then()
                .statusCode(404)
                .body("detail", equalTo("no batch \"1\""));
        as(TestKeys.of("acme", "read", "write")).delete(path).then().statusCode(403);
        as(key).delete("/api/batch/abc").then().statusCode(404);
        as(key).delete("/api/batch/99999999999999999999").then().statusCode(404);
        change(batch, "explode").statusCode(400).body("detail", containsString("cancel, pause, resume, retry-failed"));
        as(key).contentType(ContentType.JSON).patch(path).then().statusCode(400);
        ledger.lane("acme", "p", DAY, 1);
        as(key).delete("/api/batch/2").then().statusCode(404);
        assertThat(count("task where state <> 'pending'")).isZero();
        as(TestKeys.OPERATOR).delete(path).then().statusCode(200);
    }

    @Test
    void peopleAtOddsLeaveALedgerThatAgrees() throws InterruptedException, ExecutionException {
        BatchOfRows batch = BatchOfRows.of("acme", 3, 200, 50);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int person = 0; person < 6; person++) {
                String action = person % 2 == 0 ? "cancel" : "resume";
                all.add(people.submit(() ->
                        IntStream.range(0, 8).forEach(_ -> change(batch, action).statusCode(200))));
            }
            all.add(people.submit(
                    () -> IntStream.range(0, 50).forEach(row -> worker.claim(List.of(batch.task(row % 3, row)))
                            .forEach(task -> worker.end(task, SUCCEEDED)))));
            for (Future<?> one : all) {
                one.get();
            }
        }
        change(batch, "resume").statusCode(200).body("counts.cancelled", equalTo(0));
        assertThat(count("batch where unstarted = 0")).isOne();
        assertThat(ledger.recount()).isEmpty();
        cancel(batch).statusCode(200).body("counts.pending", equalTo(0));
        assertThat(ledger.recount()).isEmpty();
    }

    private ValidatableResponse change(BatchOfRows batch, String action) {
        return as(key).contentType(ContentType.JSON)
                .body("{\"action\": \"%s\"}".formatted(action))
                .patch("/api/batch/" + batch.id())
                .then();
    }

    private ValidatableResponse cancel(BatchOfRows batch) {
        return as(key).delete("/api/batch/" + batch.id()).then();
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    private String status(BatchOfRows batch) {
        return as(key).get("/api/batch/" + batch.id()).path("status");
    }

    private List<Long> tasks(String table) {
        return owner.withHandle(handle -> handle.createQuery("select task from " + table + " order by task")
                .mapTo(Long.class)
                .list());
    }

    private int count(String what) {
        return owner.withHandle(handle -> handle.createQuery("select count(*) from " + what)
                .mapTo(Integer.class)
                .one());
    }
}
