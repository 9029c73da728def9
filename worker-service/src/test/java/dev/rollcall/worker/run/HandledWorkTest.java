package dev.rollcall.worker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.worker.provider.FakeProvider;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every kind of work through the whole worker: hinted, claimed, run, finished.
@QuarkusTest
@QuarkusTestResource(
        value = Backends.class,
        initArgs = @ResourceArg(name = "role", value = "rollcall_worker"),
        restrictToAnnotatedClass = true)
class HandledWorkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    private final Bench bench = new Bench();
    /// One a test: the worker remembers a provider's address, and an organization's secret, for a while.
    private final String provider = "p" + Bench.next();

    private FakeProvider server;

    @BeforeEach
    void begin() throws Exception {
        bench.clean();
        server = new FakeProvider();
        bench.ledger.provider(provider).at(server.url("/v1").toString()).concurrency(20);
        bench.ledger.organization("acme");
        bench.execute(
                "insert into signing_secret (organization, secret) values ('acme', ?)",
                "whsec_" + Base64.getEncoder().encodeToString(KEY));
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        bench.close();
    }

    @Test
    void aRowsPromptIsRenderedFromItsCells() {
        BatchRow batch = bench.ledger
                .rows("acme", provider)
                .columns("title", "text")
                .row("A {{text}} of \"words\"", "first")
                .row("B", "second")
                .set("template", "'{{title}}, {{ text }}!'");
        bench.hint(Bench.DAY.toString(), provider, List.of(batch.task(provider, 0), batch.task(provider, 1)));
        awaitStates(Map.of("succeeded", 2L));
        assertThat(server.seen())
                .anyMatch(seen -> seen.body().contains("A {{text}} of \\\"words\\\", first!"))
                .anyMatch(seen -> seen.body().contains("B, second!"));
        assertThat(bench.ledger.recount()).isEmpty();
    }

    @Test
    void aPromptJobBringsItsPrompt() {
        bench.hint(bench.jobs("acme", provider, "{\"provider\":\"p\",\"prompt\":\"why?\"}"));
        awaitStates(Map.of("succeeded", 1L));
        assertThat(server.seen()).singleElement().satisfies(seen -> assertThat(seen.body())
                .contains("why?"));
    }

    @Test
    void anHttpJobIsSignedTheSameWayAtEveryAttempt() throws Exception {
        Bench.Jobs job = bench.jobs(
                "acme",
                "http",
                "{\"url\":\"%s\",\"headers\":{\"x-mine\":\"1\"},\"body\":{\"ä\":1}}"
                        .formatted(server.url("/hook?a=b")));
        server.behave(500, "ill");
        bench.hint(job);
        await().atMost(PATIENCE).until(() -> bench.value(Long.class, "select count(*) from retry") == 1);
        server.behave(200, "well\u0000");
        bench.due();
        bench.hint(job);
        awaitStates(Map.of("succeeded", 1L));
        assertThat(bench.value(String.class, "select answer from attempt where outcome = 'succeeded'"))
                .isEqualTo("well\uFFFD");
        assertThat(server.seen()).hasSize(2);
        for (FakeProvider.Seen seen : server.seen()) {
            assertThat(seen.path()).isEqualTo("/hook?a=b");
            assertThat(seen.body()).isEqualTo("{\"ä\":1}");
            assertThat(seen.headers())
                    .containsEntry("x-mine", "1")
                    .containsEntry("content-type", "application/json")
                    .containsEntry("webhook-id", "job_" + job.task(0));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            String signed = "job_" + job.task(0) + "." + seen.headers().get("webhook-timestamp") + "." + seen.body();
            assertThat(seen.headers().get("webhook-signature"))
                    .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
        }
    }

    @Test
    void nothingIsSentUnsigned() {
        bench.hint(bench.jobs("poor", "http", "{\"url\":\"%s\"}".formatted(server.url("/"))));
        awaitStates(Map.of("failed", 1L));
        assertThat(bench.value(String.class, "select reason from failure")).isEqualTo("no_signing_secret");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aWebhookIsPosted() {
        bench.hint(bench.jobs(
                "acme", "webhook", "{\"url\":\"%s\",\"body\":{\"batchId\":\"17\"}}".formatted(server.url("/done"))));
        awaitStates(Map.of("succeeded", 1L));
        assertThat(server.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.path()).isEqualTo("/done");
            assertThat(seen.body()).isEqualTo("{\"batchId\":\"17\"}");
        });
    }

    @Test
    void whatIsNotPublicIsRefusedAndCounted() {
        bench.hint(bench.jobs(
                "acme",
                "http",
                "{\"url\":\"http://169.254.169.254/latest/meta-data\"}",
                "{\"url\":\"http://[::1]:%d/\"}".formatted(server.url("/").getPort()),
                "{\"url\":\"gopher://example.com\"}",
                "not even JSON"));
        awaitStates(Map.of("failed", 4L));
        assertThat(bench.value(Long.class, "select sum(tasks) from failure where reason = 'address_refused'"))
                .isEqualTo(2);
        assertThat(bench.value(Long.class, "select sum(tasks) from failure where reason = 'bad_payload'"))
                .isEqualTo(2);
        assertThat(bench.miscountedFailures()).isZero();
        assertThat(bench.ledger.recount()).isEmpty();
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void progressIsToldWhileItRunsAndGoesWithTheClaim() {
        Bench.Jobs jobs = bench.jobs("acme", "sleep", "{\"millis\":4000}", "{\"millis\":4000}", "{\"millis\":0}");
        bench.hint(jobs);
        await().atMost(PATIENCE)
                .until(() -> bench.value(
                                Long.class,
                                "select count(*) from progress where percent between 1 and 99 and attempt = 1"
                                        + " and note like 'slept %'")
                        == 2);
        awaitStates(Map.of("succeeded", 3L));
        await().atMost(PATIENCE).until(() -> bench.value(Long.class, "select count(*) from claim") == 0);
        assertThat(bench.value(Long.class, "select count(*) from progress")).isZero();
    }

    @Test
    void aTaskThatIsOutOfAttemptsIsCountedByItsLastReason() {
        Bench.Jobs job = bench.jobs("acme", "sleep", "{\"millis\":1,\"fail\":\"retry\"}");
        for (int attempt = 1; attempt <= 4; attempt++) {
            bench.due();
            bench.hint(job);
            long made = attempt;
            await().atMost(PATIENCE).until(() -> bench.value(Long.class, "select count(*) from attempt") == made);
        }
        awaitStates(Map.of("failed", 1L));
        assertThat(bench.value(Long.class, "select sum(tasks) from failure where reason = 'asked_to_fail'"))
                .isEqualTo(1);
        assertThat(bench.miscountedFailures()).isZero();
        assertThat(bench.ledger.recount()).isEmpty();
    }

    @Test
    void jobsHintedThreeTimesAreRunOnce() {
        String payload = "{\"url\":\"%s\"}".formatted(server.url("/"));
        Bench.Jobs jobs = bench.jobs("acme", "http", payload, payload, payload, payload, payload);
        for (int round = 0; round < 3; round++) {
            bench.hint(jobs);
        }
        awaitStates(Map.of("succeeded", 5L));
        bench.hint(jobs);
        bench.hint(bench.jobs("acme", "sleep", "{\"millis\":0}"));
        awaitStates(Map.of("succeeded", 6L));
        assertThat(server.seen()).hasSize(5);
    }

    @Test
    void aHintThatNamesAnotherQueueIsWorthNothingAndItsPermitIsFreeAgain() {
        Bench.Jobs jobs = bench.jobs("acme", "sleep", "{\"millis\":0}");
        bench.execute("update provider set concurrency = 1");
        bench.hint(Bench.DAY.toString(), provider, jobs.tasks());
        bench.hint(Bench.DAY.toString(), provider, jobs.tasks());
        BatchRow batch = bench.ledger.rows("acme", provider).rows(1);
        bench.hint(Bench.DAY.toString(), provider, List.of(batch.task(provider, 0)));
        awaitStates(Map.of("pending", 1L, "succeeded", 1L));
        bench.hint(jobs);
        awaitStates(Map.of("succeeded", 2L));
    }

    @Test
    void hintsNobodyCanServeHoldNothingUp() {
        Bench.Jobs jobs = bench.jobs("acme", "nobody's queue", "{}", "{}");
        bench.hint(jobs);
        bench.hint("+999999-12-31", provider, List.of(1L));
        bench.hint("-0044-03-15", provider, List.of(1L));
        BatchRow batch = bench.ledger.rows("acme", provider).rows(1);
        bench.hint(Bench.DAY.toString(), provider, List.of(batch.task(provider, 0)));
        awaitStates(Map.of("pending", 2L, "succeeded", 1L));
        await("all offsets move on").atMost(PATIENCE).until(() -> lag() == 0);
    }

    private static long lag() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Backends.bootstrapServers()))) {
            var committed = admin.listConsumerGroupOffsets("rollcall-workers-prompts")
                    .partitionsToOffsetAndMetadata()
                    .get();
            var ends = admin.listOffsets(
                            committed.keySet().stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                    .all()
                    .get();
            return committed.entrySet().stream()
                    .mapToLong(entry ->
                            Objects.requireNonNull(ends.get(entry.getKey())).offset()
                                    - entry.getValue().offset())
                    .sum();
        }
    }

    private void awaitStates(Map<String, Long> wanted) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bench.states()).isEqualTo(wanted));
    }
}
