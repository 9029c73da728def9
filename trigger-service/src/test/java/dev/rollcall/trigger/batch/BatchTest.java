package dev.rollcall.trigger.batch;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class BatchTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private String key = "";

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.organization("acme");
        ledger.organization("bird");
        key = TestKeys.of("acme", "read");
    }

    @Test
    void aNewBatchIsPending() {
        batch(10).set("name", "'Titles'").set("concurrency", "5").set("priority", "7");
        status("1")
                .statusCode(200)
                .body("batchId", equalTo("1"))
                .body("name", equalTo("Titles"))
                .body("organization", equalTo("acme"))
                .body("status", equalTo("pending"))
                .body("createdAt", notNullValue())
                .body("closedAt", nullValue())
                .body("providers", contains("p1", "p2"))
                .body("rows", equalTo(10))
                .body("tasks", equalTo(20))
                .body("percent", equalTo(0.0f))
                .body("counts.pending", equalTo(20))
                .body("ratePerSecond", nullValue())
                .body("$", not(hasKey("eta")))
                .body("$", not(hasKey("receipt")))
                .body("heldBack", empty())
                .body("errors", empty())
                .body("concurrency", equalTo(5))
                .body("maxRetries", equalTo(3))
                .body("priority", equalTo(7));
    }

    @Test
    void countsAndErrorsAreSums() {
        batch(10)
                .ended("p1", 0, 4, "succeeded")
                .ended("p1", 4, 6, "failed")
                .ended("p2", 0, 1, "failed")
                .running("p2", 1, 3);
        status("1")
                .body("status", equalTo("processing"))
                .body("percent", equalTo(35.0f))
                .body("counts.pending", equalTo(11))
                .body("counts.running", equalTo(2))
                .body("counts.succeeded", equalTo(4))
                .body("counts.failed", equalTo(3))
                .body("counts.cancelled", equalTo(0))
                .body("errors.reason", contains("test"))
                .body("errors.tasks", contains(3));
    }

    @Test
    void percentIsNeverRoundedUp() {
        batch(1000).ended("p1", 0, 1000, "succeeded").ended("p2", 0, 999, "succeeded");
        status("1").body("percent", equalTo(99.9f)).body("status", equalTo("processing"));
    }

    @Test
    void aBatchThatSucceededInPartIsCompletedAndOneThatFailedInAllHasFailed() {
        batch(2).ended("p1", 0, 2, "failed")
                .ended("p2", 0, 1, "failed")
                .ended("p2", 1, 2, "succeeded")
                .closed();
        batch(2).ended("p1", 0, 2, "failed").ended("p2", 0, 2, "failed").closed();
        status("1")
                .body("status", equalTo("completed"))
                .body("percent", equalTo(100.0f))
                .body("closedAt", notNullValue());
        status("2").body("status", equalTo("failed")).body("errors.tasks", contains(4));
        list("?status=failed").body("items.batchId", contains("2"));
        list("?status=completed").body("items.batchId", contains("1"));
    }

    @Test
    void aPausedBatchIsHeldBack() {
        batch(10).running("p1", 0, 2).set("paused_at", "clock_timestamp()");
        status("1")
                .body("status", equalTo("paused"))
                .body("heldBack.why", contains("paused"))
                .body("heldBack.tasks", contains(18));
        list("?status=paused").body("items.batchId", contains("1"));
    }

    @Test
    void aCancelledBatchHasAReceipt() {
        batch(4).ended("p1", 0, 1, "succeeded")
                .ended("p1", 1, 4, "cancelled")
                .running("p2", 0, 1)
                .ended("p2", 1, 4, "cancelled")
                .set("cancelled_at", "clock_timestamp()")
                .set("unstarted", "5");
        status("1")
                .body("receipt.neverStarted", equalTo(5))
                .body("receipt.abortedInCall", equalTo(1))
                .body("receipt.finishedBefore", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "2", "99", "abc", "-1", "123456789012345678901"})
    void whatIsUnknownForeignOrNoBatchOfRowsIsToldAlike(String id) {
        batch(1);
        ledger.rows("bird", "p1").rows(1);
        ledger.lane("acme", "p1", BatchRow.DAY, 1);
        status(id).statusCode(404).body("detail", equalTo("no batch \"%s\"".formatted(id)));
    }

    private BatchRow batch(int rows) {
        return ledger.rows("acme", "p1", "p2").rows(rows);
    }

    private ValidatableResponse status(String id) {
        return get("/" + id);
    }

    private ValidatableResponse list(String query) {
        return get(query).statusCode(200);
    }

    private ValidatableResponse get(String path) {
        return given().header("Authorization", "Bearer " + key)
                .get("/api/batch" + path)
                .then();
    }
}
