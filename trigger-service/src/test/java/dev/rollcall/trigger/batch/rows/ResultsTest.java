package dev.rollcall.trigger.batch.rows;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import dev.rollcall.trigger.batch.Api;
import dev.rollcall.trigger.batch.BatchId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
@Timeout(120)
class ResultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COPYING =
            "select count(*) from pg_stat_activity where usename = 'rollcall_api' and query like 'copy%from task%' and state <> 'idle'";
    /// Beyond ASCII, beyond the basic plane, quotes, all ends of line, control characters, JSON's and CSV's own.
    private static final String ODD = "ü 漢 🦉 \" '' \\ \\. , ; \n \r\n \t \u0001 \u0002 \u001f } </x>";

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private String key = "";

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.organization("acme");
        key = TestKeys.of("acme", "read");
    }

    @Test
    void everyFinalRowIsALineOfJson() throws IOException {
        ledger.rows("acme", "p2", "p1")
                .columns("title", ODD)
                .row(ODD, "")
                .rows(3)
                .ended("p1", 0, 1, "succeeded")
                .ended("p1", 2, 3, "failed")
                .ended("p1", 3, 4, "pending")
                .ended("p2", 1, 2, "cancelled")
                .running("p2", 2, 3);
        owner.useHandle(handle -> handle.execute("update attempt set answer = ? where answer is not null", ODD));
        Response answer = results("");
        assertThat(answer.contentType()).isEqualTo("application/jsonl;charset=UTF-8");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"batch-1.jsonl\"");
        List<JsonNode> lines = json(answer);
        assertThat(lines)
                .extracting(line -> line.get("provider").asText() + line.get("row"))
                .containsExactly("p10", "p12", "p21");
        assertThat(lines)
                .extracting(line -> line.get("state").asText())
                .containsExactly("succeeded", "failed", "cancelled");
        JsonNode first = lines.getFirst();
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly(
                        "row",
                        "cells",
                        "provider",
                        "state",
                        "answer",
                        "reason",
                        "attempts",
                        "model",
                        "tokens_in",
                        "tokens_out",
                        "ended_at");
        assertThat(first.get("cells").fieldNames()).toIterable().containsExactly("title", ODD);
        assertThat(first.get("cells").get("title").asText()).isEqualTo(ODD);
        assertThat(first.get("cells").get(ODD).asText()).isEmpty();
        assertThat(first.get("answer").asText()).isEqualTo(ODD);
        assertThat(first.get("reason").isNull()).isTrue();
        assertThat(first.get("attempts").intValue()).isEqualTo(1);
        assertThat(first.get("model").asText()).isEqualTo("model-1");
        assertThat(first.get("tokens_in").intValue()).isEqualTo(11);
        assertThat(first.get("tokens_out").intValue()).isEqualTo(22);
        assertThat(first.get("ended_at").asText()).endsWith("+00:00");
        assertThat(lines.get(1).get("answer").isNull()).isTrue();
        assertThat(lines.get(1).get("reason").asText()).isEqualTo("test");
    }

    @Test
    void everyFinalRowIsALineOfCsv() throws IOException {
        ledger.rows("acme", "p1")
                .columns("title", "answer")
                .row(ODD, "")
                .rows(1)
                .ended("p1", 0, 2, "succeeded");
        owner.useHandle(handle -> handle.execute("update attempt set answer = ? where answer like '%0'", ODD));
        Response answer = results("?format=csv");
        assertThat(answer.contentType()).isEqualTo("text/csv;charset=UTF-8");
        List<CSVRecord> lines = csv(answer);
        assertThat(lines.getFirst().toList())
                .containsExactly(
                        "row",
                        "title",
                        "cells.answer",
                        "provider",
                        "state",
                        "answer",
                        "reason",
                        "attempts",
                        "model",
                        "tokens_in",
                        "tokens_out",
                        "ended_at");
        assertThat(lines.get(1).toList().subList(0, 11))
                .containsExactly("0", ODD, "", "p1", "succeeded", ODD, "", "1", "model-1", "11", "22");
        assertThat(lines.get(2).toList().subList(0, 6))
                .containsExactly("1", "title 1", "answer 1", "p1", "succeeded", "answer 1");
        assertThat(lines).hasSize(3);
    }

    @Test
    void whatASpreadsheetWouldTakeForAFormulaIsDefused() throws IOException {
        ledger.rows("acme", "p1")
                .columns("=name", "plain")
                .row("=1+1", "a=b")
                .row("+1", "1+1")
                .row("-1", "")
                .row("@x", "'=")
                .row("\tx", " =")
                .row("\rx", "\nx")
                .ended("p1", 0, 6, "succeeded");
        owner.useHandle(handle -> handle.execute("update attempt set answer = '=cmd()', model = '@m'"));
        List<CSVRecord> lines = csv(results("?format=csv"));
        assertThat(lines.getFirst().get(1)).isEqualTo("'=name");
        assertThat(lines.stream().skip(1))
                .extracting(line -> line.get(1))
                .containsExactly("'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx");
        assertThat(lines.stream().skip(1))
                .extracting(line -> line.get(2))
                .containsExactly("a=b", "1+1", "", "'=", " =", "\nx");
        assertThat(lines.stream().skip(1)).extracting(line -> line.get(5)).containsOnly("'=cmd()");
        assertThat(lines.stream().skip(1)).extracting(line -> line.get(8)).containsOnly("'@m");
        assertThat(json(results("")).getFirst().get("answer").asText())
                .as("JSON is no spreadsheet")
                .isEqualTo("=cmd()");
    }

    @Test
    void aCellThatIsNullOrMissingIsNullInJsonAndEmptyInCsv() throws IOException {
        ledger.rows("acme", "p1").columns("a", "b", "c").row("x", "").row().ended("p1", 0, 2, "succeeded");
        owner.useHandle(handle -> handle.execute("update item set cells = '{x,NULL}' where n = 0"));
        List<JsonNode> lines = json(results(""));
        assertThat(lines.getFirst().get("cells")).hasToString("{\"a\":\"x\",\"b\":null,\"c\":null}");
        assertThat(lines.getLast().get("cells")).hasToString("{\"a\":null,\"b\":null,\"c\":null}");
        String csv = results("?format=csv").asString();
        assertThat(csv.split("\r\n", -1)).hasSize(4).endsWith("");
        assertThat(csv).contains("\r\n0,x,,,p1,").contains("\r\n1,,,,p1,").doesNotContain("\"");
    }

    @Test
    void aRunningBatchGivesWhatIsFinalHoweverFarApartItIs() throws IOException {
        ledger.rows("acme", "p1", "p2")
                .rows(40_000)
                .ended("p1", 0, 300, "succeeded")
                .running("p1", 300, 400)
                .ended("p1", 1000, 1001, "failed")
                .ended("p1", 20_000, 37_000, "succeeded")
                .ended("p1", 39_999, 40_000, "cancelled")
                .ended("p2", 5, 6, "succeeded");
        List<CSVRecord> lines = csv(results("?format=csv"));
        List<CSVRecord> rows = lines.subList(1, lines.size());
        assertThat(rows).hasSize(300 + 1 + 17_000 + 1 + 1);
        assertThat(rows).allMatch(line -> line.get(1).equals("title " + line.get(0)));
        assertThat(rows.stream()
                        .filter(line ->
                                !line.get(3).equals("succeeded") || line.get(2).equals("p2"))
                        .map(line -> line.get(2) + " " + line.get(0)))
                .containsExactly("p1 1000", "p1 39999", "p2 5");
    }

    @Test
    void theStatementsThemselvesSeeNothingOfOthers() {
        ledger.organization("bird");
        ledger.rows("acme", "p1").rows(3).ended("p1", 0, 3, "succeeded");
        Frame frame = owner.withHandle(handle -> Frame.find(handle, new BatchId(1)));
        for (String statement : List.of(Copy.results(frame), Copy.cells(frame, 0, 3))) {
            assertThat(rowsFor("acme", statement)).as(statement).isEqualTo(3);
            assertThat(rowsFor("bird", statement)).as(statement).isZero();
            assertThat(rowsFor("", statement)).as(statement).isZero();
        }
    }

    @Test
    void nothingFinalIsAnEmptyFile() throws IOException {
        ledger.rows("acme", "p1").rows(1);
        assertThat(results("").asString()).isEmpty();
        assertThat(results("?format=csv").asString())
                .startsWith("row,title,provider,")
                .hasLineCount(1);
        ledger.rows("acme", "p1");
        ledger.rows("acme");
        given().header("Authorization", "Bearer " + key)
                .get("/api/batch/2/results")
                .then()
                .statusCode(200)
                .body(equalTo(""));
        given().header("Authorization", "Bearer " + key)
                .get("/api/batch/3/results")
                .then()
                .statusCode(200)
                .body(equalTo(""));
    }

    @Test
    void acceptMaySayTheFormatAndTheParameterOverrulesIt() {
        ledger.rows("acme", "p1").rows(1);
        assertThat(type("", "text/csv")).startsWith("text/csv");
        assertThat(type("", "application/x-ndjson;q=0.5, text/csv")).startsWith("text/csv");
        assertThat(type("", "*/*")).startsWith("application/jsonl");
        assertThat(type("?format=jsonl", "text/csv")).startsWith("application/jsonl");
        given().header("Authorization", "Bearer " + key)
                .get("/api/batch/1/results?format=xml")
                .then()
                .statusCode(400);
    }

    @Test
    void fiftyThousandRowsOnTwoProvidersComeInOrder() throws IOException {
        ledger.rows("acme", "p1", "p2")
                .rows(50_000)
                .ended("p1", 0, 50_000, "succeeded")
                .ended("p2", 0, 50_000, "failed");
        List<CSVRecord> lines = csv(results("?format=csv"));
        assertThat(lines).hasSize(100_001);
        for (int i = 0; i < 100_000; i++) {
            CSVRecord line = lines.get(i + 1);
            assertThat(line.get(0)).isEqualTo(Integer.toString(i % 50_000));
            assertThat(line.get(1)).isEqualTo("title " + i % 50_000);
            assertThat(line.get(2)).isEqualTo(i < 50_000 ? "p1" : "p2");
        }
        assertThat(results("").asString()).hasLineCount(100_000);
    }

    @Test
    void onlyAFewAreServedAtOneTimeAndAClientThatGoesFreesItsPlace() throws IOException, InterruptedException {
        manyLargeAnswers();
        InputStream one = new Api(key).open("/1/results").body();
        InputStream two = new Api(key).open("/1/results").body();
        assertThat(one.read()).isEqualTo('{');
        assertThat(two.read()).isEqualTo('{');
        given().header("Authorization", "Bearer " + key)
                .get("/api/batch/1/results")
                .then()
                .statusCode(503)
                .header("Retry-After", "10");
        given().header("Authorization", "Bearer " + key)
                .get("/api/batch/1")
                .then()
                .statusCode(200);
        assertThat(copying()).isEqualTo(2);
        one.close();
        await().atMost(PATIENCE).until(() -> copying() == 1);
        await().atMost(PATIENCE)
                .until(() -> given().header("Authorization", "Bearer " + key)
                                .get("/api/batch/1/results")
                                .statusCode()
                        == 200);
        two.close();
        await().atMost(PATIENCE).until(() -> copying() == 0);
    }

    /// Looks at the bytes: what ends a chunked answer must not come, whatever a client's library makes of it.
    @ParameterizedTest
    @ValueSource(strings = {"task", "item", "task", "item"})
    void aFileThatIsCutShortDoesNotLookWhole(String table) throws IOException {
        manyLargeAnswers();
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write("""
                            GET /api/batch/1/results HTTP/1.1\r
                            Host: localhost\r
                            Authorization: Bearer %s\r
                            \r
                            """.formatted(key).getBytes(UTF_8));
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readNBytes(2_000), UTF_8)).contains("HTTP/1.1 200", "chunked", "{\"row\":0,");
            List<Boolean> killed = owner.withHandle(
                    handle -> handle.createQuery(COPYING.replace("count(*)", "pg_terminate_backend(pid)")
                                    .replace("task", table))
                            .mapTo(Boolean.class)
                            .list());
            assertThat(killed).containsExactly(true);
            assertThat(rest(answer)).doesNotEndWith("0\r\n\r\n").doesNotContain("Internal Server Error");
        }
    }

    private static String rest(InputStream answer) throws IOException {
        try {
            return new String(answer.readAllBytes(), UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }

    private void manyLargeAnswers() {
        ledger.rows("acme", "p1").rows(20_000).ended("p1", 0, 20_000, "succeeded");
        owner.useHandle(handle -> {
            handle.execute("update attempt set answer = repeat('x', 2000)");
            // more than fits on the way: neither copy is over before the client has read on
            handle.execute("update item set cells = array[repeat('y', 2000)]");
        });
    }

    private long rowsFor(String organization, String statement) {
        String query = statement.substring("copy (".length(), statement.lastIndexOf(") to stdout"));
        return owner.inTransaction(handle -> {
            handle.execute("set local role rollcall_api");
            handle.execute("select set_config('app.org', ?, true)", organization);
            return handle.createQuery("select count(*) from (" + query + ") as copied")
                    .mapTo(Long.class)
                    .one();
        });
    }

    private long copying() {
        return owner.withHandle(
                handle -> handle.createQuery(COPYING).mapTo(Long.class).one());
    }

    private String type(String query, String accept) {
        return given().header("Authorization", "Bearer " + key)
                .header("Accept", accept)
                .get("/api/batch/1/results" + query)
                .contentType();
    }

    private Response results(String query) {
        Response answer = given().header("Authorization", "Bearer " + key).get("/api/batch/1/results" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static List<JsonNode> json(Response answer) {
        ObjectMapper mapper = new ObjectMapper();
        return new String(answer.asByteArray(), UTF_8)
                .lines()
                .map(line -> {
                    try {
                        return mapper.readTree(line);
                    } catch (IOException e) {
                        throw new IllegalStateException(line, e);
                    }
                })
                .toList();
    }

    private static List<CSVRecord> csv(Response answer) throws IOException {
        return CSVFormat.RFC4180
                .parse(new StringReader(new String(answer.asByteArray(), UTF_8)))
                .getRecords();
    }
}
