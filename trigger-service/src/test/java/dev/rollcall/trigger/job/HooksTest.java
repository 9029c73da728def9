package dev.rollcall.trigger.job;

import static dev.rollcall.trigger.PlayedWorker.End.ABORTED;
import static dev.rollcall.trigger.PlayedWorker.End.FAILED;
import static dev.rollcall.trigger.PlayedWorker.End.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.testing.Backends;
import dev.rollcall.trigger.BatchOfRows;
import dev.rollcall.trigger.PlayedWorker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class HooksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOOKED = """
            {"type": "sleep", "payload": {"millis": 5}, "notBefore": "%s", "webhook": "https://acme.example/done"}""".formatted(Instant.now().plus(Duration.ofHours(6)));

    private final PlayedWorker worker = new PlayedWorker();
    private JobApi api = JobApi.begin();

    @BeforeEach
    void begin() {
        api = JobApi.begin().withSecret();
    }

    @Test
    void aJobsEndIsToldOnceByAJob() {
        long succeeds = api.submit(HOOKED);
        long fails = api.submit(HOOKED);
        long waits = api.submit(HOOKED);
        worker.claim(List.of(succeeds, fails));
        worker.end(succeeds, SUCCEEDED);
        worker.end(fails, FAILED);
        List<JsonNode> told = awaitTold(2);
        assertThat(told).allMatch(payload -> payload.get("url").textValue().equals("https://acme.example/done"));
        assertThat(told)
                .extracting(payload -> payload.at("/body/type").textValue())
                .containsExactlyInAnyOrder("job.completed", "job.failed");
        assertThat(told)
                .extracting(payload -> payload.at("/body/data/jobId").textValue())
                .containsExactlyInAnyOrder(Long.toString(succeeds), Long.toString(fails));
        assertThat(api.numbers("select task from hook where told_at is null")).containsExactly(waits);
        api.post("/" + fails + "/retry", "").statusCode(200);
        api.post("/" + waits + "/cancel", "").statusCode(200);
        assertThat(awaitTold(3))
                .extracting(payload -> payload.at("/body/type").textValue())
                .contains("job.cancelled");
        assertThat(api.count("retry r join lane l on l.id = r.lane where l.provider = 'webhook'"))
                .isEqualTo(3);
    }

    @Test
    void aBatchsEndIsToldWithItsCounts() {
        BatchOfRows batch = BatchOfRows.of("acme", 2, 2, 2);
        BatchOfRows lost = BatchOfRows.of("acme", 1, 1, 1);
        BatchOfRows stopped = BatchOfRows.of("acme", 1, 1, 1);
        hookEachBatch();
        List.of(
                        batch.task(0, 0),
                        batch.task(0, 1),
                        batch.task(1, 0),
                        batch.task(1, 1),
                        lost.task(0, 0),
                        stopped.task(0, 0))
                .forEach(task -> worker.claim(List.of(task)));
        worker.end(batch.task(0, 0), SUCCEEDED);
        worker.end(batch.task(0, 1), SUCCEEDED);
        worker.end(batch.task(1, 0), FAILED);
        worker.end(lost.task(0, 0), FAILED);
        api.execute("update batch set cancelled_at = clock_timestamp() where id = " + stopped.id());
        worker.end(stopped.task(0, 0), ABORTED);
        assertThat(awaitTold(2))
                .extracting(payload -> payload.at("/body/type").textValue())
                .containsExactlyInAnyOrder("batch.failed", "batch.cancelled");
        worker.end(batch.task(1, 1), SUCCEEDED);
        assertThat(awaitTold(3)).anySatisfy(payload -> {
            assertThat(payload.at("/body/type").textValue()).isEqualTo("batch.completed");
            assertThat(payload.at("/body/data/batchId").textValue()).isEqualTo(Long.toString(batch.id()));
            assertThat(payload.at("/body/data/counts/succeeded").intValue()).isEqualTo(3);
            assertThat(payload.at("/body/data/counts/failed").intValue()).isEqualTo(1);
            assertThat(payload.at("/body/data/counts/tasks").intValue()).isEqualTo(4);
        });
    }

    @Test
    void whoHasNoRoomForMoreJobsKeepsNobodyElseFromBeingTold() {
        BatchOfRows first = BatchOfRows.of("acme", 1, 1, 1);
        BatchOfRows second = BatchOfRows.of("acme", 1, 1, 1);
        BatchOfRows other = BatchOfRows.of("bird", 1, 1, 1);
        hookEachBatch();
        worker.claim(List.of(first.task(0, 0)));
        worker.end(first.task(0, 0), SUCCEEDED);
        awaitTold(1);
        String lane = "update lane set size = %d, next = %d where provider = 'webhook' and organization = 'acme'";
        api.execute(lane.formatted(1 << 24, 1 << 24));
        worker.claim(List.of(second.task(0, 0), other.task(0, 0)));
        worker.end(second.task(0, 0), SUCCEEDED);
        worker.end(other.task(0, 0), SUCCEEDED);
        assertThat(awaitTold(2))
                .extracting(payload -> payload.at("/body/data/batchId").textValue())
                .containsExactlyInAnyOrder(Long.toString(first.id()), Long.toString(other.id()));
        api.execute(lane.formatted(1, 1));
        awaitTold(3);
    }

    @Test
    void manyThatWaitDoNotKeepTheLastFromBeingTold() {
        api.submit(HOOKED);
        long last = api.submit(HOOKED);
        api.execute("delete from hook where task = " + last);
        api.execute("insert into hook (organization, url, batch, day, task) select organization, url, batch, day, task "
                + "from hook, generate_series(1, 12000)");
        api.execute(
                "insert into hook (organization, url, batch, day, task) select organization, 'https://acme.example/last', "
                        + "batch, day, %d from hook limit 1".formatted(last));
        worker.claim(List.of(last));
        worker.end(last, SUCCEEDED);
        assertThat(awaitTold(1))
                .extracting(payload -> payload.get("url").textValue())
                .containsExactly("https://acme.example/last");
    }

    private void hookEachBatch() {
        api.execute("insert into hook (organization, url, batch, day) "
                + "select organization, 'https://acme.example/' || id, id, day from batch");
    }

    /// The payloads of the jobs that tell.
    private List<JsonNode> awaitTold(int jobs) {
        await().atMost(PATIENCE).until(() -> payloads().size() >= jobs);
        List<JsonNode> told = payloads();
        assertThat(told).hasSize(jobs);
        return told;
    }

    private List<JsonNode> payloads() {
        return api.owner().withHandle(handle -> handle.createQuery("""
                        select i.body from item i join lane l on l.batch = i.batch where l.provider = 'webhook' order by i.n
                        """)
                .mapTo(String.class)
                .map(JobJson::parse)
                .list());
    }
}
