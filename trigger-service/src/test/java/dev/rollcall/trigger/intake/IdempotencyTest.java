package dev.rollcall.trigger.intake;

import static dev.rollcall.trigger.intake.IntakeRig.ROWS;
import static dev.rollcall.trigger.intake.IntakeRig.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.rollcall.testing.Backends;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class IdempotencyTest {
    private static final String QUERY = "prompt=x&provider=p1";
    private IntakeRig rig = new IntakeRig();

    @BeforeEach
    void clean() {
        rig = new IntakeRig();
    }

    @Test
    void theSameRequestGetsTheFirstAnswerAgain() {
        rig.csv("k", QUERY, ROWS).then().statusCode(201).body("batchId", equalTo("1"));
        rig.csv("other", QUERY, ROWS).then().statusCode(201).body("batchId", equalTo("2"));
        rig.csv("k", QUERY, ROWS)
                .then()
                .statusCode(200)
                .header("Location", endsWith("/api/batch/1"))
                .body("batchId", equalTo("1"))
                .body("rows", equalTo(2))
                .body("tasks", equalTo(2));
        rig.requireBatches(2);
    }

    @Test
    void whatChangedSinceDoesNotMatter() {
        rig.csv("k", QUERY, ROWS).then().statusCode(201);
        rig.execute("update provider set active = false");
        rig.csv("k", QUERY, ROWS).then().statusCode(200);
        rig.csv("k2", QUERY, ROWS).then().statusCode(400);
    }

    @Test
    void theFormOfTheRequestDoesNotMatter() {
        rig.csv("k", QUERY + "&priority=0", ROWS).then().statusCode(201);
        String ask = "{\"providers\": [\"p1\"], \"prompt\": \"x\"%s}";
        String rows = ", \"rows\": [{\"title\": \"Dune\", \"name\": \"Ada\"}, {\"title\": \"Emma\", \"name\": \"Bo\"}]";
        with(rig.key)
                .header("Idempotency-Key", "k")
                .contentType("application/json")
                .body(ask.formatted(rows))
                .post("/api/batch")
                .then()
                .statusCode(200);
        with(rig.key)
                .header("Idempotency-Key", "k")
                .multiPart("request", ask.formatted(""), "application/json")
                .multiPart("rows", ROWS, "text/csv")
                .post("/api/batch")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prompt=y&provider=p1",
                "prompt=x&provider=p1&name=n",
                "prompt=x&provider=p1&concurrency=1",
                "prompt=x&provider=p1&maxRetries=1",
                "prompt=x&provider=p1&priority=1",
                "prompt=x&provider=p1&provider=p2",
                "prompt=x&provider=p1&webhook=http%3A%2F%2Fx.example"
            })
    void anotherRequestUnderTheKeyIsAConflict(String query) {
        rig.csv("k", QUERY, ROWS).then().statusCode(201);
        conflicts(rig.csv("k", query, ROWS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title,name\\nDune,Ada\\n
            title,name\\nDune,Ada\\nEmma,Bo\\nEmma,Bo
            title,name\\nEmma,Bo\\nDune,Ada
            title,nam\\nDune,Ada\\nEmma,Bo
            title,name\\nDun,eAda\\nEmma,Bo
            title,name\\nDune,Ada\\nEmma,Bo\\u0020
            """)
    void otherRowsUnderTheKeyAreAConflict(String rows) {
        rig.csv("k", QUERY, ROWS).then().statusCode(201);
        conflicts(rig.csv("k", QUERY, rows.replace("\\u0020", " ").translateEscapes()));
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() {
        rig.csv("k", QUERY, "a,b\n1\n").then().statusCode(400);
        rig.csv("k", QUERY, ROWS).then().statusCode(201);
    }

    @Test
    void anOrganizationsKeysAreItsOwn() {
        rig.csv("k", QUERY, ROWS).then().statusCode(201);
        with(TestKeys.of("bird", "write"))
                .header("Idempotency-Key", "k")
                .contentType("text/csv")
                .body(ROWS)
                .post("/api/batch?" + QUERY)
                .then()
                .statusCode(201);
    }

    @Test
    void fiftyEqualRequestsAtOnceMakeOneBatch() throws Exception {
        String rows = "title,name\n" + "Dune,Ada\n".repeat(5_000);
        List<Response> answers = atOnce(50, _ -> rig.csv("k", QUERY, rows));
        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(201)
                .containsOnly(200, 201);
        assertThat(answers).extracting(answer -> answer.path("batchId")).containsOnly("1");
        assertThat(answers).extracting(answer -> answer.header("Location")).allMatch(at -> at.endsWith("/api/batch/1"));
        rig.requireBatches(1);
        assertThat(rig.texts("select count(*)::text from task")).containsExactly("5000");
    }

    @Test
    void fiftyDifferentRequestsAtOnceAllBecomeBatches() throws Exception {
        List<Response> answers = atOnce(50, i -> rig.csv("k" + i, QUERY, ROWS));
        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        rig.requireBatches(50);
    }

    private interface Sending {
        Response send(int i);
    }

    private static List<Response> atOnce(int count, Sending sending) throws Exception {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> sent = IntStream.range(0, count)
                    .mapToObj(i -> senders.submit(() -> sending.send(i)))
                    .toList();
            for (Future<Response> answer : sent) {
                answer.get();
            }
            return sent.stream().map(Future::resultNow).toList();
        }
    }

    private void conflicts(Response answer) {
        answer.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("another request, which became batch 1"));
        rig.requireBatches(1);
    }
}
