package dev.rollcall.trigger.batch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class BatchTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
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
    void aCancelledBatchIsCancellingUntilAllIsFinalAndHasAReceipt() {
        BatchRow batch = batch(4).ended("p1", 0, 1, "succeeded")
                .ended("p1", 1, 4, "cancelled")
                .running("p2", 0, 2)
                .set("cancelled_at", "clock_timestamp()")
                .set("unstarted", "2");
        status("1")
                .body("status", equalTo("cancelling"))
                .body("heldBack", empty())
                .body("$", not(hasKey("eta")))
                .body("receipt.neverStarted", equalTo(2))
                .body("receipt.abortedInCall", equalTo(1))
                .body("receipt.finishedBefore", equalTo(1))
                .body("receipt.stillRunning", equalTo(2));
        list("?status=cancelling").body("items.batchId", contains("1"));
        batch.ended("p2", 0, 4, "cancelled").closed();
        status("1").body("status", equalTo("cancelled")).body("receipt.stillRunning", equalTo(0));
        list("?status=cancelled").body("items.batchId", contains("1"));
        list("?status=cancelling").body("items", empty());
    }

    @Test
    void whatMovesHasARateAndAnEta() {
        batch(100).ended("p1", 0, 100, "succeeded").ended("p2", 0, 50, "succeeded");
        // the first claims, fifty seconds ago
        owner.useHandle(h -> h.execute("update attempt set claimed_at = clock_timestamp() - interval '50 seconds'"));
        BatchStatus status = status("1").extract().as(BatchStatus.class);
        assertThat(status.ratePerSecond()).isBetween(new BigDecimal("2.0"), new BigDecimal("3.0"));
        Eta eta = Objects.requireNonNull(status.eta());
        assertThat(Duration.between(Instant.now(), eta.expected()))
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90));
        assertThat(eta.earliest()).isBefore(eta.expected());
        assertThat(eta.latest()).isAfter(eta.expected());
        list("").body("items[0].eta.expected", notNullValue());
    }

    @Test
    void whatIsDoneHasTheRateOfItsLifeAndNoEta() {
        batch(10)
                .ended("p1", 0, 10, "succeeded")
                .ended("p2", 0, 10, "succeeded")
                .set("closed_at", "opened_at + interval '10 seconds'");
        status("1").body("ratePerSecond", equalTo(2.0f)).body("$", not(hasKey("eta")));
    }

    @Test
    void whatIsHeldBackSaysWhyAndUntilWhen() {
        batch(20).ended("p1", 0, 3, "pending").ended("p1", 3, 5, "succeeded").set("concurrency", "3");
        ledger.rows("acme", "p3").rows(5).ended("p3", 0, 2, "succeeded");
        owner.useHandle(
                h -> h.execute("insert into queue_setting (queue, paused_at) values ('p3', clock_timestamp())"));
        status("1")
                .body("heldBack.why", contains("retry_later", "concurrency"))
                .body("heldBack.tasks", contains(3, 35))
                .body("heldBack[0].queue", equalTo("p1"))
                .body("heldBack[0].until", notNullValue())
                .body("heldBack[1]", not(hasKey("until")));
        status("2")
                .body("heldBack.why", contains("queue_paused"))
                .body("heldBack.tasks", contains(3))
                .body("heldBack[0].queue", equalTo("p3"))
                .body("$", not(hasKey("eta")));
    }

    @Test
    void aListIsPagedNewestFirst() {
        for (int i = 0; i < 5; i++) {
            batch(1);
        }
        ledger.lane("acme", "p1", BatchRow.DAY, 1);
        String first = list("?limit=2")
                .body("items.batchId", contains("5", "4"))
                .extract()
                .path("next");
        String second = list("?limit=2&cursor=" + first)
                .body("items.batchId", contains("3", "2"))
                .extract()
                .path("next");
        list("?limit=2&cursor=" + second).body("items.batchId", contains("1")).body("$", not(hasKey("next")));
        list("?limit=5")
                .body("items.batchId", contains("5", "4", "3", "2", "1"))
                .body("$", not(hasKey("next")));
    }

    @Test
    void aListMayBeBoundedByStatusAndTime() {
        batch(1).set("opened_at", "'2026-11-20T08:00:00Z'");
        batch(1).set("opened_at", "'2026-11-20T09:00:00Z'").hinted("p1", 1);
        batch(1).set("opened_at", "'2026-11-20T10:00:00Z'");
        list("?status=processing").body("items.batchId", contains("2"));
        list("?status=pending").body("items.batchId", contains("3", "1"));
        list("?status=pending&limit=1").body("items.batchId", contains("3")).body("next", equalTo("3"));
        list("?since=2026-11-20T09:00:00Z").body("items.batchId", contains("3", "2"));
        list("?until=2026-11-20T10:00:00Z").body("items.batchId", contains("2", "1"));
        list("?since=2026-11-20T09:00:00Z&until=2026-11-20T11:00:00%2B01:00").body("items.batchId", contains("2"));
        for (String wrong : List.of("?status=lost", "?since=yesterday", "?cursor=x", "?limit=0")) {
            get(wrong).statusCode(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2B999999999-01-01T00:00:00Z", "%2B300000-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z"})
    void aTimeThatPostgresqlDoesNotKnowIs400AndNamed(String time) {
        get("?since=" + time).statusCode(400).body("detail", startsWith("since must be"));
        get("?until=" + time).statusCode(400).body("detail", startsWith("until must be"));
    }

    @Test
    void operatorsSeeAllAndMayNameOne() {
        batch(1);
        ledger.rows("bird", "p1").rows(1);
        list("").body("items.organization", contains("acme"));
        get("?organization=bird").statusCode(403);
        key = TestKeys.OPERATOR;
        list("").body("items.organization", contains("bird", "acme"));
        list("?organization=acme").body("items.organization", contains("acme"));
        status("2").statusCode(200);
        key = TestKeys.of("bird", "write");
        get("").statusCode(403);
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
        return given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + key)
                .get("/api/batch" + path)
                .then();
    }
}
