package dev.rollcall.trigger.queue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.message.TaskEnded;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import dev.rollcall.trigger.news.Heard;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class QueuesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    @Inject
    Event<Heard> heard;

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.organization("acme");
        ledger.organization("bird");
        ledger.provider("p").concurrency(4);
    }

    @Test
    void everyProviderAndEveryHandlerIsAQueue() {
        operator()
                .get("/api/queues")
                .then()
                .statusCode(200)
                .body("items.name", hasItems("p", "http", "sleep", "webhook"));
        operator()
                .get("/api/queues/p")
                .then()
                .statusCode(200)
                .body("type", equalTo("prompt"))
                .body("concurrency", equalTo(4))
                .body("waiting", equalTo(0))
                .body("pausedAt", nullValue());
    }

    @Test
    void aCallerSeesWhatWaitsOfItsOwn() {
        operator().post("/api/queues/p/pause").then().statusCode(200);
        ledger.lane("acme", "p", DAY, 7);
        ledger.lane("bird", "p", DAY, 2);
        operator().get("/api/queues/p").then().body("waiting", equalTo(9)).body("oldestWaitingSeconds", notNullValue());
        with(TestKeys.of("bird", "read")).get("/api/queues/p").then().body("waiting", equalTo(2));
    }

    @Test
    void aPauseIsSaidOnceAndTakenBack() {
        String pausedAt = operator()
                .post("/api/queues/p/pause")
                .then()
                .statusCode(200)
                .body("pausedAt", notNullValue())
                .extract()
                .path("pausedAt");
        operator().post("/api/queues/p/pause").then().body("pausedAt", equalTo(pausedAt));
        operator().post("/api/queues/p/resume").then().statusCode(200).body("pausedAt", nullValue());
        operator().post("/api/queues/p/resume").then().statusCode(200);
        long noted = owner.withHandle(handle -> handle.createQuery(
                        "select count(*) from audit where what in ('queue.pause', 'queue.resume') and who = 'operator'")
                .mapTo(Long.class)
                .one());
        assertThat(noted).isEqualTo(4);
    }

    @Test
    void aRateIsSetAndLifted() {
        set("p", "{\"perTick\": 10, \"delayMs\": 100}")
                .statusCode(200)
                .body("perTick", equalTo(10))
                .body("tickMs", equalTo(60_000))
                .body("delayMs", equalTo(100));
        set("p", "{}").statusCode(200).body("perTick", nullValue()).body("delayMs", nullValue());
        set("sleep", "{\"concurrency\": 5}").statusCode(200).body("concurrency", equalTo(5));
        set("sleep", "{\"concurrency\": 1000}").statusCode(200);
    }

    @Test
    void nonsenseIsRefusedInWords() {
        set("p", "{\"perTick\": 0}").statusCode(400).body("detail", containsString("perTick must be between 1"));
        set("p", "{\"tickMs\": 1000}").statusCode(400).body("detail", containsString("perTick"));
        set("p", "{\"concurrency\": 9}").statusCode(400).body("detail", containsString("PUT /api/providers"));
        set("none", "{}").statusCode(404).body("detail", containsString("no queue \"none\""));
        set("p", "").statusCode(400);
        set("p", "{\"perTick\": \"many\"}").statusCode(400);
    }

    @Test
    void onlyAnOperatorSteers() {
        String key = TestKeys.of("acme", "read", "write", "operate");
        with(key).post("/api/queues/p/pause").then().statusCode(403);
        with(key).get("/api/queues").then().statusCode(200);
        given().get("/api/queues").then().statusCode(401);
    }

    @Test
    void durationsComeFromWhatTheTopicTells() {
        heard.fire(new Heard(
                List.of(
                        new TaskEnded(1, DAY, "told", 1, "succeeded", null, 100),
                        new TaskEnded(2, DAY, "told", 1, "succeeded", null, 300)),
                List.of(),
                List.of()));
        ledger.provider("told");
        operator()
                .get("/api/queues/told")
                .then()
                .body("averageMillis", equalTo(200))
                .body("p95Millis", equalTo(300))
                .body("perMinute", greaterThanOrEqualTo(2));
    }

    private static ValidatableResponse set(String queue, String body) {
        return operator()
                .contentType(ContentType.JSON)
                .body(body)
                .patch("/api/queues/" + queue)
                .then();
    }

    private static RequestSpecification operator() {
        return with(TestKeys.OPERATOR);
    }

    private static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }
}
