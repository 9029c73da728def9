package dev.rollcall.trigger.intake;

import static dev.rollcall.trigger.intake.IntakeRig.ROWS;
import static dev.rollcall.trigger.intake.IntakeRig.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.rollcall.testing.Backends;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
@TestProfile(LimitsTest.Small.class)
class LimitsTest {
    private IntakeRig rig = new IntakeRig();

    /// Everything is small.
    public static class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rollcall.batch.max-rows", "1000",
                    "rollcall.batch.max-body", "64K",
                    "rollcall.batch.max-json", "16K",
                    "rollcall.batch.max-row", "1000",
                    "rollcall.batch.max-columns", "5",
                    "rollcall.batch.max-open", "3",
                    "rollcall.batch.intakes", "2",
                    "rollcall.http.max-body", "100K");
        }
    }

    @BeforeEach
    void clean() {
        rig = new IntakeRig();
    }

    @Test
    void rowsAreCounted() {
        rig.csv("a\n" + "1\n".repeat(1000)).then().statusCode(201);
        refused(rig.csv("a\n" + "1\n".repeat(1001)), 422, "rollcall.batch.max-rows");
        rig.requireBatches(1);
    }

    @Test
    void aRowsBytesAreCounted() {
        rig.csv("a,b\n" + "ü".repeat(250) + "," + "x".repeat(500) + "\n").then().statusCode(201);
        refused(
                rig.csv("a,b\n1,2\n" + "ü".repeat(250) + "," + "x".repeat(501) + "\n"),
                413,
                "line 3: the row has 1001 bytes; rollcall.batch.max-row is 1000");
        refused(json("[{\"a\": \"" + "x".repeat(1001) + "\"}]"), 413, "row 0 (counted from 0): the row has 1001 bytes");
        refused(
                with(rig.key)
                        .contentType("text/csv")
                        .body(ROWS)
                        .post("/api/batch?provider=p1&prompt=" + "x".repeat(1001)),
                413,
                "the prompt has 1001 bytes");
        rig.requireBatches(1);
    }

    @Test
    void columnsAreCounted() {
        rig.csv("a,b,c,d,e\n1,2,3,4,5\n").then().statusCode(201);
        refused(rig.csv("a,b,c,d,e,f\n1,2,3,4,5,6\n"), 422, "rollcall.batch.max-columns is 5");
        refused(json("[{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1}]"), 422, "rollcall.batch.max-columns");
        rig.requireBatches(1);
    }

    @Test
    void bodiesAreBounded() throws Exception {
        refused(rig.csv("a\n" + ("x".repeat(900) + "\n").repeat(80)), 413, "rollcall.batch.max-body");
        refused(
                json("[" + "{\"a\": 1},".repeat(2000) + "{\"a\": 1}]"),
                413,
                "rollcall.batch.max-json; send the rows as CSV");
        rig.requireBatches(0);
        String endless = "a\n" + ("x".repeat(900) + "\n").repeat(80);
        assertThat(chunked("/api/batch?prompt=x&provider=p1", endless)).startsWith("HTTP/1.1 413");
        rig.requireBatches(0);
    }

    @Test
    void otherEndpointsHaveABoundOfTheirOwn() throws Exception {
        String large = "x".repeat(110_000);
        refused(
                with(rig.key).contentType("application/json").body(large).post("/api/elsewhere"),
                413,
                "rollcall.http.max-body");
        refused(
                dev.rollcall.trigger.Caller.knowing(dev.rollcall.trigger.Caller.SECRET)
                        .contentType("text/csv")
                        .body("id,name\n" + large)
                        .put("/api/organizations"),
                413,
                "larger than 65536 bytes");
    }

    @Test
    void openBatchesAreCountedEvenWhenManyComeAtOnce() throws Exception {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> sender = () -> rig.csv(ROWS).statusCode();
            List<Integer> answers = new ArrayList<>();
            for (var answer :
                    IntStream.range(0, 10).mapToObj(_ -> senders.submit(sender)).toList()) {
                answers.add(answer.get());
            }
            assertThat(answers.stream().sorted().map(String::valueOf).collect(joining(" ")))
                    .isEqualTo("201 201 201 429 429 429 429 429 429 429");
        }
        refused(rig.csv(ROWS), 429, "rollcall.batch.max-open");
        rig.requireBatches(3);
        rig.execute("update batch set closed_at = now() where id = (select min(id) from batch)");
        rig.csv(ROWS).then().statusCode(201);
    }

    @Test
    void aSenderThatGoesAwayLeavesNothingAndGivesItsPlaceBack() throws Exception {
        try (Socket socket = connect()) {
            send(
                    socket,
                    head("/api/batch?prompt=x&provider=p1", "Content-Length: 60000") + "a\n"
                            + "12345678\n".repeat(500));
            // its transaction has begun
            await().until(() -> rig.texts("""
                    select state from pg_stat_activity
                    where usename = 'rollcall_trigger' and query like 'copy item_%' and state = 'active'
                    """).size() == 1);
        }
        // of two places one is the organization's, so this waits until the other is gone
        rig.csv(ROWS).then().statusCode(201);
        rig.requireBatches(1);
        assertThat(rig.texts("select count(*)::text from item")).containsExactly("2");
    }

    @Test
    void whoeverWaitsForAPlaceHoldsNoConnectionAndNobodyElseUp() throws Exception {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor();
                Socket slow = connect()) {
            String rows = "a\n1\n";
            send(slow, head("/api/batch?prompt=x&provider=p1", "Content-Length: " + (rows.length() + 2)) + rows);
            await().until(() -> rig.texts("select pid::text from pg_stat_activity where query like 'copy item_%'")
                            .size()
                    == 1);
            var waiting = IntStream.range(0, 2)
                    .mapToObj(_ -> senders.submit(() -> rig.csv(ROWS).statusCode()))
                    .toList();
            for (int i = 0; i < 40; i++) {
                with(rig.key)
                        .contentType("text/csv")
                        .body(ROWS)
                        .post("/api/batch?prompt=x&provider=nobody")
                        .then()
                        .statusCode(400);
            }
            with(TestKeys.of("bird", "write"))
                    .contentType("text/csv")
                    .body(ROWS)
                    .post("/api/batch?prompt=x&provider=p1")
                    .then()
                    .statusCode(201);
            assertThat(waiting).noneMatch(Future::isDone);
            send(slow, "2\n");
            assertThat(new String(slow.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 201");
            for (var answer : waiting) {
                assertThat(answer.get()).isEqualTo(201);
            }
        }
    }

    @Test
    void aRefusalIsReadableWhileTheSenderStillSends() throws Exception {
        try (Socket socket = connect()) {
            send(socket, head("/api/batch?prompt=x&provider=p1", "Content-Length: 60000") + "a,b\n1\n");
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 400");
        }
    }

    private Response json(String rows) {
        return with(rig.key)
                .contentType("application/json")
                .body("{\"prompt\": \"x\", \"providers\": [\"p1\"], \"rows\": " + rows + "}")
                .post("/api/batch");
    }

    private static void refused(Response answer, int status, String detail) {
        answer.then().statusCode(status).contentType("application/problem+json").body("detail", containsString(detail));
    }

    private String chunked(String path, String body) throws IOException {
        try (Socket socket = connect()) {
            byte[] bytes = body.getBytes(UTF_8);
            send(
                    socket,
                    head(path, "Transfer-Encoding: chunked") + Integer.toHexString(bytes.length) + "\r\n" + body
                            + "\r\n");
            return new String(socket.getInputStream().readNBytes(12), UTF_8);
        }
    }

    private static Socket connect() throws IOException {
        return new Socket("localhost", RestAssured.port);
    }

    private String head(String path, String length) {
        return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: text/csv\r\n%s\r\n\r\n"
                .formatted(path, rig.key, length);
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
