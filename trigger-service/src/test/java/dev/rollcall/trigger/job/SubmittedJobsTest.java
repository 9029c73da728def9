package dev.rollcall.trigger.job;

import static dev.rollcall.trigger.job.JobApi.SLEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.testing.Backends;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class SubmittedJobsTest {
    private static final String HTTP = """
            {"type": "http", "payload": {"url": "https://acme.example/in"}}""";
    private static final String HOOKED = """
            {"type": "sleep", "payload": {"millis": 5}, "webhook": "https://acme.example/done"}""";

    private JobApi api = JobApi.begin();

    @BeforeEach
    void begin() {
        api = JobApi.begin();
    }

    @Test
    void aJobIsAcceptedAndShown() {
        String later = Instant.now().plus(Duration.ofHours(1)).toString();
        long job = api.submit("""
                {"type": "sleep", "payload": {"millis": 250, "fail": false}, "priority": 7, "maxRetries": 0, "notBefore": "%s"}
                """.formatted(later));
        api.job(job)
                .body("jobId", equalTo(Long.toString(job)))
                .body("type", equalTo("sleep"))
                .body("queue", equalTo("sleep"))
                .body("organization", equalTo("acme"))
                .body("status", equalTo("pending"))
                .body("percent", equalTo(0))
                .body("attempts", equalTo(0))
                .body("maxRetries", equalTo(0))
                .body("priority", equalTo(7))
                .body("createdAt", endsWith("Z"))
                .body("notBefore", notNullValue())
                .body("payload.millis", equalTo(250))
                .body("output", nullValue())
                .body("error", nullValue());
        api.post("", SLEEP).statusCode(201).header("Location", containsString("/api/jobs/"));
    }

    @Test
    void jobsOfOneKindGatherOnOneLaneAndCountUp() {
        long first = api.submit(SLEEP);
        long second = api.submit(SLEEP);
        api.submit("""
                {"type": "sleep", "payload": {"millis": 5}, "priority": 1}""");
        assertThat(second).isEqualTo(first + 1);
        assertThat(api.count("batch where kind = 'jobs' and name = 'sleep'")).isEqualTo(2);
        assertThat(api.count("batch b join lane l on l.batch = b.id where b.planned = l.size"))
                .isEqualTo(2);
        assertThat(api.numbers("select task from retry where attempt = 0 order by task"))
                .contains(first, second)
                .hasSize(3);
    }

    @Test
    void jobsOfDifferentQueuesDoNotMeet() {
        api.ledger().provider("gpt").concurrency(1);
        api.withSecret();
        long sleep = api.submit(SLEEP);
        long prompt = api.submit("""
                {"type": "prompt", "payload": {"provider": "gpt", "prompt": "Why?"}}""");
        long http = api.submit("""
                {"type": "http", "payload": {"url": "https://acme.example/in", "method": "PUT",
                 "headers": {"X-A": "b"}, "body": [1.10, null]}}""");
        api.job(sleep).body("queue", equalTo("sleep"));
        api.job(prompt).body("type", equalTo("prompt")).body("queue", equalTo("gpt"));
        api.job(http).body("type", equalTo("http")).body("payload.headers.X-A", equalTo("b"));
        assertThat(api.count("item where body like '%1.10%'"))
                .as("numbers stay as they were written")
                .isOne();
    }

    @Test
    void aLaneThatIsFullTakesNoMoreOfItsKind() {
        api.submit(SLEEP);
        api.execute("update lane set size = 1 << 24, next = 1 << 24");
        api.post("", SLEEP).statusCode(429).body("detail", containsString("another priority has its own"));
        api.submit("""
                {"type": "sleep", "payload": {"millis": 5}, "priority": 1}""");
    }

    @Test
    void appendersAtOnceShareALaneWithoutGaps() throws InterruptedException, ExecutionException {
        atOnce(40, () -> api.post("", SLEEP).statusCode(201).extract().response());
        assertThat(api.numbers("select count(distinct n) from item")).containsExactly(40L);
        assertThat(api.numbers("select size from lane where size = next")).containsExactly(40L);
        assertThat(api.numbers("select planned from batch")).containsExactly(40L);
        assertThat(api.count("retry")).isEqualTo(40);
    }

    @Test
    void theSameRequestUnderOneKeyIsOneJob() throws InterruptedException, ExecutionException {
        String body = """
                {"type": "sleep", "payload": {"millis": 5}, "idempotencyKey": "k1"}""";
        List<Response> answers = atOnce(50, () -> api.post("", body).extract().response());
        Set<String> jobs = new HashSet<>();
        answers.forEach(answer -> jobs.add(answer.path("jobId")));
        assertThat(jobs).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(49);
        assertThat(api.count("task")).isOne();
    }

    @Test
    void aKeyInTheHeaderIsTheSameKeyAndAnotherRequestUnderItIs409() {
        long job = api.submit("""
                {"type": "sleep", "payload": {"millis": 5}, "idempotencyKey": "k1"}""");
        api.caller()
                .header("Idempotency-Key", "k1")
                .body("{\"payload\": {\"millis\": 5},   \"type\": \"sleep\"}")
                .post("/api/jobs")
                .then()
                .statusCode(200)
                .body("jobId", equalTo(Long.toString(job)));
        api.post("", """
                {"type": "sleep", "payload": {"millis": 6}, "idempotencyKey": "k1"}""").statusCode(409).body("detail", containsString("k1"));
        api.as(TestKeys.of("bird", "write")).submit("""
                {"type": "sleep", "payload": {"millis": 6}, "idempotencyKey": "k1"}""");
        api.caller()
                .header("Idempotency-Key", "k2")
                .body("""
                        {"type": "sleep", "payload": {"millis": 5}, "idempotencyKey": "k1"}""")
                .post("/api/jobs")
                .then()
                .statusCode(400);
    }

    @Test
    void endpointsNeedASigningSecret() {
        api.post("", HTTP).statusCode(409).body("detail", containsString("PUT /api/signing-secret"));
        api.post("", HOOKED).statusCode(409).body("detail", containsString("PUT /api/signing-secret"));
        assertThat(api.count("task")).isZero();
        api.withSecret();
        api.submit(HTTP);
        long job = api.submit(HOOKED);
        assertThat(api.numbers("select task from hook where organization = 'acme' and told_at is null"))
                .containsExactly(job);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"type\": \"sleep\"",
                "{\"type\": \"sleep\"}",
                "{\"type\": \"dance\", \"payload\": {}}",
                "{\"type\": \"webhook\", \"payload\": {\"url\": \"https://a.example\", \"body\": {}}}",
                "{\"type\": \"sleep\", \"payload\": {}}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": -1}}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 3600001}}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1.5}}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1, \"millis\": 2}}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1, \"note\": \"x\"}}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1, \"fail\": \"yes\"}}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1}, \"priority\": 101}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1}, \"maxRetries\": 21}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1}, \"maxRetries\": -1}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1}, \"notBefore\": \"tomorrow\"}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1}, \"notBefore\": \"+999999999-12-31T23:59:59Z\"}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1}, \"idempotencyKey\": \" \"}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1}, \"webhook\": \"acme.example\"}",
                "{\"type\": \"sleep\", \"payload\": {\"millis\": 1}, \"retries\": 1}",
                "{\"type\": \"prompt\", \"payload\": {\"provider\": \"nobody\", \"prompt\": \"Why?\"}}",
                "{\"type\": \"prompt\", \"payload\": {\"provider\": \"idle\", \"prompt\": \"Why?\"}}",
                "{\"type\": \"prompt\", \"payload\": {\"provider\": \"gpt\", \"prompt\": \" \"}}",
                "{\"type\": \"prompt\", \"payload\": {\"provider\": \"gpt\", \"prompt\": \"nul \\u0000\"}}",
                "{\"type\": \"prompt\", \"payload\": {\"provider\": \"gpt\", \"prompt\": \"half \\ud800\"}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"/in\"}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"ftp://a.example\"}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://u:p@a.example\"}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"method\": \"TRACE\"}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"headers\": [\"a\"]}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"headers\": {\"a\": 1}}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"headers\": {\"Host\": \"b\"}}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"headers\": {\"Webhook-Id\": \"b\"}}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"headers\": {\"a b\": \"c\"}}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"headers\": {\"a\": \"b\\r\\nc: d\"}}}",
                "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"headers\": {\"a\": \"b\", \"A\": \"c\"}}}"
            })
    void whatCanNotBeMeantIs400AndLeavesNothing(String body) {
        api.withSecret().ledger().provider("gpt");
        api.ledger().provider("idle").inactive();
        api.post("", body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", notNullValue());
        assertThat(api.count("task")).isZero();
        assertThat(api.count("batch")).isZero();
    }

    @Test
    void anUnknownTypeIsAnsweredWithTheKnownOnes() {
        api.post("", "{\"type\": \"dance\", \"payload\": {}}")
                .statusCode(400)
                .body("detail", equalTo("unknown type \"dance\"; types are http, prompt, sleep"));
    }

    @Test
    void aPayloadMayBeLargeButNotLarger() {
        api.withSecret();
        String http = "{\"type\": \"http\", \"payload\": {\"url\": \"https://a.example\", \"body\": \"%s\"}}";
        int frame = "{\"url\":\"https://a.example\",\"body\":\"\"}".length();
        api.submit(http.formatted("x".repeat(256 * 1024 - frame)));
        api.post("", http.formatted("x".repeat(256 * 1024 - frame + 1))).statusCode(413);
        api.post("", http.formatted("x".repeat(2 * 1024 * 1024))).statusCode(413);
        assertThat(api.count("task")).isOne();
    }

    @Test
    void whoMayNotSubmitsNothing() {
        api.as(TestKeys.of("acme", "read", "operate")).post("", SLEEP).statusCode(403);
        api.as(TestKeys.OPERATOR).post("", SLEEP).statusCode(400);
        for (String job : List.of(SLEEP, HTTP, HOOKED)) {
            api.as(TestKeys.OPERATOR)
                    .post("?organization=nobody", job)
                    .statusCode(404)
                    .body("detail", equalTo("no organization \"nobody\""));
        }
        api.post("?organization=bird", SLEEP).statusCode(403);
        assertThat(api.count("task")).isZero();
        api.as(TestKeys.OPERATOR).post("?organization=acme", SLEEP).statusCode(201);
        assertThat(api.numbers("select count(*) from batch where organization = 'acme'"))
                .containsExactly(1L);
    }

    private static List<Response> atOnce(int callers, Callable<Response> call)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> calls = IntStream.range(0, callers)
                    .mapToObj(_ -> threads.submit(call))
                    .toList();
            for (Future<Response> one : calls) {
                one.get();
            }
            return calls.stream().map(Future::resultNow).toList();
        }
    }
}
