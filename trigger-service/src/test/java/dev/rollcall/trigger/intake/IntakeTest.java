package dev.rollcall.trigger.intake;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class IntakeTest {
    private static final String BOOKS = "title,name\nDune,Ada\nEmma,Bo\n";

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi jdbi = Ledger.over(Backends.adminDataSource());
    private String key = "";

    @BeforeEach
    void anOrganizationAndTwoProviders() {
        ledger.clean();
        ledger.organization("acme").named("Acme Inc.");
        ledger.organization("bird");
        ledger.provider("p2");
        ledger.provider("p1");
        ledger.provider("idle").inactive();
        key = TestKeys.of("acme", "write");
    }

    @Test
    void rowsInJsonBecomeABatch() {
        json("""
                {"prompt": "Who wrote {{title}}? {{ name }}?", "providers": ["p2", "p1"], "name": "books", "concurrency": 5,
                 "maxRetries": 0, "priority": -7,
                 "rows": [{"title": "Dune", "name": "Ada"}, {"name": "Bo", "title": "Emma"}, {"title": "", "name": ""}]}
                """)
                .statusCode(201)
                .header("Location", endsWith("/api/batch/1"))
                .body("batchId", equalTo("1"))
                .body("rows", equalTo(3))
                .body("tasks", equalTo(6))
                .body("$", not(hasKey("again")));

        assertThat(row("select * from batch"))
                .containsEntry("kind", "rows")
                .containsEntry("run", null)
                .containsEntry("organization", "acme")
                .containsEntry("organization_name", "Acme Inc.")
                .containsEntry("name", "books")
                .containsEntry("template", "Who wrote {{title}}? {{ name }}?")
                .containsEntry("concurrency", 5)
                .containsEntry("max_attempts", 1)
                .containsEntry("priority", -7)
                .containsEntry("planned", 6)
                .containsEntry("created_by", key.split("_")[1]);
        assertThat(texts("select array_to_string(columns, '|') from batch")).containsExactly("title|name");
        assertThat(texts("select n || ':' || array_to_string(cells, '|') from item order by n"))
                .containsExactly("0:Dune|Ada", "1:Emma|Bo", "2:|");
        assertThat(texts("select concat_ws(' ', id, organization, provider, size) from lane order by id"))
                .containsExactly("1 acme p1 3", "2 acme p2 3");
        assertThat(texts("select (id >> 24) || ':' || (id & 16777215) from task order by id"))
                .containsExactly("1:0", "1:1", "1:2", "2:0", "2:1", "2:2");
        assertThat(ledger.tasksByState()).containsExactly(Map.entry("pending", 6L));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        json("""
                {"prompt": "x", "providers": ["p1"], "rows": [{"a": 1}], "name": null}
                """).statusCode(201);
        assertThat(row("select * from batch"))
                .containsEntry("name", null)
                .containsEntry("concurrency", null)
                .containsEntry("max_attempts", 4)
                .containsEntry("priority", 0);
    }

    @Test
    void numbersAndBooleansKeepTheirJsonTextAndNullIsEmpty() {
        json("""
                {"rows": [{"a": 1.50, "b": true, "c": null, "d": 12345678901234567890}, {"a": 1e3, "b": false, "c": "null", "d": -0.0}],
                 "prompt": "{{a}}", "providers": ["p1"]}
                """).statusCode(201);
        assertThat(texts("select array_to_string(cells, '|') from item order by n"))
                .containsExactly("1.50|true||12345678901234567890", "1e3|false|null|-0.0");
    }

    @Test
    void rowsInCsvBecomeTheSameBatch() {
        csv("prompt={{title}}&provider=p1&provider=p2&name=books&concurrency=5&maxRetries=20&priority=100", BOOKS)
                .statusCode(201)
                .header("Location", endsWith("/api/batch/1"))
                .body("rows", equalTo(2))
                .body("tasks", equalTo(4));
        assertThat(row("select * from batch"))
                .containsEntry("name", "books")
                .containsEntry("max_attempts", 21)
                .containsEntry("priority", 100)
                .containsEntry("concurrency", 5);
        assertThat(texts("select array_to_string(cells, '|') from item order by n"))
                .containsExactly("Dune|Ada", "Emma|Bo");
    }

    @Test
    void rowsInAPartBecomeTheSameBatchWhicheverPartComesFirst() {
        String request = "{\"prompt\": \"{{title}}\", \"providers\": [\"p1\"]}";
        api().multiPart("request", request, "application/json")
                .multiPart("rows", "books.csv", BOOKS.getBytes(UTF_8), "text/csv")
                .post("/api/batch")
                .then()
                .statusCode(201)
                .body("rows", equalTo(2));
        api().multiPart("rows", BOOKS, "text/csv")
                .multiPart("request", "request.json", request.getBytes(UTF_8), "application/json")
                .post("/api/batch")
                .then()
                .statusCode(201)
                .body("batchId", equalTo("2"));
        assertThat(texts("select batch || array_to_string(cells, '|') from item order by batch, n"))
                .containsExactly("1Dune|Ada", "1Emma|Bo", "2Dune|Ada", "2Emma|Bo");
    }

    @Test
    void partsThatAreMissingUnknownOrTwiceAreRefused() {
        String request = "{\"prompt\": \"x\", \"providers\": [\"p1\"]}";
        refused(
                api().multiPart("request", request, "application/json")
                        .post("/api/batch")
                        .then(),
                "\"rows\" is missing");
        refused(api().multiPart("rows", BOOKS, "text/csv").post("/api/batch").then(), "\"request\" is missing");
        refused(api().multiPart("row", BOOKS, "text/csv").post("/api/batch").then(), "\"row\" is unknown");
        refused(
                api().multiPart("request", request, "application/json")
                        .multiPart("rows", BOOKS, "text/csv")
                        .multiPart("rows", BOOKS, "text/csv")
                        .post("/api/batch")
                        .then(),
                "\"rows\" is unknown or there twice");
        nothing();
    }

    @Test
    void everyCharacterArrivesByteForByte() {
        String odd = "ünï 🐘 e\u0301 é \uFEFF \u202E \u0001 ＂中文 \u2028 {{name}} %s $1 \\N \\";
        csv("prompt={{title}}&provider=p1", "title,größe\n\"" + odd + "\r\n\"\"x\"\"\",\uFEFF\n")
                .statusCode(201);
        assertThat(texts("select unnest(cells) from item")).containsExactly(odd + "\r\n\"x\"", "\uFEFF");
        assertThat(texts("select columns[2] from batch")).containsExactly("größe");
        json("{\"prompt\": \"{{größe}} 🐘\", \"providers\": [\"p1\"], \"rows\": [{\"größe\": \"\\ud83d\\udc18\\u00fc"
                        + "ü🐘\"}]}")
                .statusCode(201);
        assertThat(texts("select unnest(cells) from item where batch = 2")).containsExactly("🐘üü🐘");
        assertThat(texts("select template from batch where id = 2")).containsExactly("{{größe}} 🐘");
    }

    @Test
    void cellsLongerThanEveryBufferArriveWhole() {
        String long1 = "äöü🐘".repeat(20_000);
        csv("prompt={{title}}&provider=p1", "title,name\n" + long1 + ",x\ny," + long1 + "\n")
                .statusCode(201);
        assertThat(texts("select unnest(cells) from item order by n")).containsExactly(long1, "x", "y", long1);
    }

    @Test
    void aHundredThousandRowsKeepTheirOrder() {
        String rows =
                IntStream.range(0, 100_000).mapToObj(i -> i + ",n" + i).collect(Collectors.joining("\n", "a,b\n", ""));
        csv("prompt={{a}}&provider=p1&provider=p2", rows).statusCode(201).body("tasks", equalTo(200_000));
        assertThat(
                        texts(
                                "select count(*) || ' ' || count(distinct n) || ' ' || max(n) from item where cells = array [n::text, 'n' || n]"))
                .containsExactly("100000 100000 99999");
        assertThat(
                        texts(
                                "select count(*) || ' ' || count(distinct id) from task t where exists (select from lane l where l.id = t.id >> 24)"))
                .containsExactly("200000 200000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a,b\\n1,2\\n3\\n                | line 3: 1 cells, but the header names 2 columns
            a,b\\n1,2\\n\\n3,4,5\\n         | line 4: 3 cells, but the header names 2 columns
            a,b\\n"1\\n2",x\\n3\\n          | line 4: 1 cells
            a,b\\n1,2\\n3,"never ends\\n4,5 | line 3: the quotes of this row do not match
            a,b\\n1,2\\n"x"y,5\\n           | line 3: the quotes of this row do not match
            a,b\\n1,x\\0y\\n            | line 2: column "b" holds a NUL character
            a,,b\\n1,2,3\\n                 | line 1: column 2 has no name
            a,b,a\\n1,2,3\\n                | line 1: column "a" is there twice
            a,b\\n1,\\377\\n              | line 2: not UTF-8
            ``                              | line 1: the header is missing
            \\n                             | line 1: the header is missing
            a,b\\n                          | there are no rows
            """)
    void aBadLineIsNamedAndNothingIsTakenIn(String file, String detail) {
        byte[] bytes = file.strip().translateEscapes().getBytes(ISO_8859_1);
        refused(
                api().contentType("text/csv")
                        .body(bytes)
                        .post("/api/batch?prompt=x&provider=p1")
                        .then(),
                detail);
        nothing();
    }

    @Test
    void aBadLineFarDownLeavesNothing() {
        refused(csv("prompt=x&provider=p1", "a,b\n" + "1,2\n".repeat(50_000) + "3\n"), "line 50002: 1 cells");
        nothing();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"a": 1, "b": 2}, {"a": 1}]           | row 1 (counted from 0): column "b" is missing
            [{"a": 1}, {"a": 1, "b": 2}]           | row 1 (counted from 0): column "b" is none of a
            [{"a": 1}, {"a": {"x": 1}}]            | row 1 (counted from 0): column "a" is neither text, number
            [{"a": [1]}]                           | row 0 (counted from 0): column "a" is neither text, number
            [{"a": 1}, 5]                          | row 1 (counted from 0): it is no object
            [{}]                                   | row 0 (counted from 0): it has no columns
            [{"": 1}]                              | row 0 (counted from 0): column 1 has no name
            [{"a": 1, "a": 2}]                     | Duplicate
            [{"a": "\\u0000"}]                     | row 0 (counted from 0): column "a" holds a NUL character
            [{"a": "x"}, {"a": "\\ud83d!"}]        | row 1 (counted from 0): column "a" holds half of a surrogate pair
            []                                     | there are no rows
            {}                                     | rows must be an array
            null                                   | rows must be an array
            [{"a": 1}                              | line
            """)
    void aBadRowIsNamedAndNothingIsTakenIn(String rows, String detail) {
        refused(json("{\"prompt\": \"x\", \"providers\": [\"p1\"], \"rows\": %s}".formatted(rows)), detail);
        nothing();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "providers": ["p1"]                                      | prompt is missing
            "prompt": " ", "providers": ["p1"]                       | prompt is missing
            "prompt": 5, "providers": ["p1"]                         | prompt must be text
            "prompt": "\\u0000", "providers": ["p1"]                 | prompt holds a NUL
            "prompt": "x"                                            | providers are missing; the active ones are p1, p2
            "prompt": "x", "providers": []                           | providers are missing; the active ones are p1, p2
            "prompt": "x", "providers": "p1"                         | providers must be an array of texts
            "prompt": "x", "providers": ["p1", "p9"]                 | there is no provider "p9"; the active ones are p1, p2
            "prompt": "x", "providers": ["idle"]                     | provider "idle" is not active; the active ones are p1, p2
            "prompt": "x", "providers": ["p1", "p1"]                 | provider "p1" is named twice
            "prompt": "{{b}} {{ c }}", "providers": ["p1"]           | {{c}} is no column; the columns are a, b
            "prompt": "x", "providers": ["p1"], "concurrency": 0     | concurrency must be a whole number from 1
            "prompt": "x", "providers": ["p1"], "concurrency": 1.5   | concurrency must be a whole number
            "prompt": "x", "providers": ["p1"], "maxRetries": 21     | maxRetries must be a whole number from 0 to 20
            "prompt": "x", "providers": ["p1"], "priority": -101     | priority must be a whole number from -100 to 100
            "prompt": "x", "providers": ["p1"], "name": ""           | name must be 1 to 200 characters
            "prompt": "x", "providers": ["p1"], "webhook": "ftp://x" | webhook must be an http or https URL
            "prompt": "x", "providers": ["p1"], "webhook": "http:///x" | webhook must be an http or https URL
            "prompt": "x", "providers": ["p1"], "prority": 5         | "prority" is unknown; known are prompt
            "prompt": "x", "prompt": "y", "providers": ["p1"]        | Duplicate
            """)
    void aWrongRequestIsRefusedInWords(String members, String detail) {
        refused(json("{%s, \"rows\": [{\"a\": 1, \"b\": 2}]}".formatted(members)), detail);
        nothing();
    }

    @Test
    void queryParametersAreJudgedAsStrictly() {
        refused(csv("prompt=x&provider=p1&provders=p2", BOOKS), "\"provders\" is unknown");
        refused(csv("prompt=x&provider=p1&priority=high", BOOKS), "priority must be a whole number");
        refused(csv("prompt=x&prompt=y&provider=p1", BOOKS), "\"prompt\" is there twice");
        refused(csv("prompt=x", BOOKS), "the active ones are p1, p2");
        refused(csv("prompt={{x}}&provider=p1", BOOKS), "{{x}} is no column; the columns are title, name");
        refused(
                api().contentType("application/json")
                        .body("{}")
                        .post("/api/batch?prompt=x")
                        .then(),
                "\"prompt\" is unknown");
        refused(json("[]"), "one object");
        refused(json("{\"prompt\": \"x\", \"providers\": [\"p1\"], \"rows\": [{\"a\": 1}]} {}"), "more behind");
        refused(json("{\"prompt\": \"x\", \"providers\": [\"p1\"]}"), "rows are missing");
        nothing();
    }

    @Test
    void onlyUtf8AndKnownFormsAreRead() {
        api().contentType("text/csv; charset=ISO-8859-1")
                .body(BOOKS)
                .post("/api/batch?prompt=x&provider=p1")
                .then()
                .statusCode(415);
        api().contentType("text/plain")
                .body(BOOKS)
                .post("/api/batch?prompt=x&provider=p1")
                .then()
                .statusCode(415);
        byte[] latin = "{\"prompt\": \"ü\", \"providers\": [\"p1\"], \"rows\": [{\"a\": 1}]}".getBytes(ISO_8859_1);
        refused(
                api().contentType("application/json")
                        .body(latin)
                        .post("/api/batch")
                        .then(),
                "line 1 is not UTF-8");
        nothing();
    }

    @Test
    void aWebhookNeedsASigningSecret() {
        String query = "prompt=x&provider=p1&webhook=https://example.com/done?x=1".replace("?", "%3F");
        csv(query, BOOKS).statusCode(409).body("detail", containsString("create one: PUT /api/signing-secret"));
        nothing();
        jdbi.useHandle(handle -> handle.execute("insert into signing_secret values ('acme', 'whsec_x')"));
        csv(query, BOOKS).statusCode(201);
        assertThat(
                        texts(
                                "select concat_ws(' ', h.organization, url, batch, h.day = b.day, task, told_at) from hook h join batch b on b.id = h.batch"))
                .containsExactly("acme https://example.com/done?x=1 1 t");
    }

    @Test
    void tenantsSendForThemselvesAndOperatorsSayForWhom() {
        String query = "/api/batch?prompt=x&provider=p1";
        with(TestKeys.of("acme", "read", "operate"))
                .contentType("text/csv")
                .body(BOOKS)
                .post(query)
                .then()
                .statusCode(403);
        with(key)
                .contentType("text/csv")
                .body(BOOKS)
                .post(query + "&organization=bird")
                .then()
                .statusCode(403);
        with(TestKeys.OPERATOR)
                .contentType("text/csv")
                .body(BOOKS)
                .post(query)
                .then()
                .statusCode(400);
        with(TestKeys.OPERATOR)
                .contentType("text/csv")
                .body(BOOKS)
                .post(query + "&organization=nobody")
                .then()
                .statusCode(404)
                .body("detail", equalTo("no organization \"nobody\""));
        nothing();
        with(TestKeys.OPERATOR)
                .contentType("text/csv")
                .body(BOOKS)
                .post(query + "&organization=bird")
                .then()
                .statusCode(201);
        with(key)
                .contentType("text/csv")
                .body(BOOKS)
                .post(query + "&organization=acme")
                .then()
                .statusCode(201);
        assertThat(texts("select organization || ' ' || created_by from batch order by id"))
                .containsExactly("bird operator", "acme " + key.split("_")[1]);
    }

    @Test
    void aDispatcherFindsTheBatch() {
        csv("prompt={{title}}&provider=p1", BOOKS).statusCode(201);
        org.awaitility.Awaitility.await().until(() -> texts("select next::text from lane"), List.of("2")::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ü", "more than two hundred"})
    void aKeyIsOfTwoHundredPrintableCharacters(String idempotencyKey) {
        refused(
                api().header("Idempotency-Key", idempotencyKey.replace("more than two hundred", "k".repeat(201)))
                        .contentType("text/csv")
                        .body(BOOKS)
                        .post("/api/batch?prompt=x&provider=p1")
                        .then(),
                "Idempotency-Key must be");
        nothing();
    }

    private static void refused(ValidatableResponse answer, String detail) {
        answer.statusCode(400).contentType("application/problem+json").body("detail", allOf(containsString(detail)));
    }

    private void nothing() {
        assertThat(
                        texts(
                                "select (select count(*) from batch) || ' ' || (select count(*) from item) || ' ' || (select count(*) from lane) || ' ' || (select count(*) from task) || ' ' || (select count(*) from hook) || ' ' || (select count(*) from idempotency)"))
                .containsExactly("0 0 0 0 0 0");
    }

    private ValidatableResponse json(String body) {
        return api().contentType("application/json")
                .body(body.getBytes(UTF_8))
                .post("/api/batch")
                .then();
    }

    private ValidatableResponse csv(String query, String rows) {
        return api().urlEncodingEnabled(false)
                .contentType("text/csv")
                .body(rows.getBytes(UTF_8))
                .post("/api/batch?" + query.replace("{", "%7B").replace("}", "%7D"))
                .then();
    }

    private RequestSpecification api() {
        return with(key);
    }

    private static RequestSpecification with(String key) {
        return given().config(plain()).header("Authorization", "Bearer " + key);
    }

    private static RestAssuredConfig plain() {
        return RestAssuredConfig.config()
                .encoderConfig(
                        EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));
    }

    private List<String> texts(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private Map<String, Object> row(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql).mapToMap().one());
    }
}
