package dev.rollcall.trigger.job;

import static dev.rollcall.trigger.PlayedWorker.End.ABORTED;
import static dev.rollcall.trigger.PlayedWorker.End.FAILED;
import static dev.rollcall.trigger.PlayedWorker.End.RETRY;
import static dev.rollcall.trigger.PlayedWorker.End.SUCCEEDED;
import static dev.rollcall.trigger.job.JobApi.SLEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.testing.Backends;
import dev.rollcall.trigger.PlayedWorker;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class JobChangesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FAR = """
            {"type": "sleep", "payload": {"millis": 5}, "notBefore": "%s"}""".formatted(java.time.Instant.now().plus(Duration.ofHours(6)));

    private final PlayedWorker worker = new PlayedWorker();
    private JobApi api = JobApi.begin();

    @BeforeEach
    void begin() {
        api = JobApi.begin();
    }

    @Test
    void aJobTellsHowFarItIsAndWhatCameOfIt() {
        long job = api.submit(FAR);
        worker.claim(List.of(job));
        api.execute(
                "insert into progress (task, day, attempt, percent, note) select id, day, 1, 40, 'chewing' from task");
        api.job(job)
                .body("status", equalTo("processing"))
                .body("percent", equalTo(40))
                .body("note", equalTo("chewing"))
                .body("attempts", equalTo(1));
        worker.end(job, SUCCEEDED, "done {1}");
        api.job(job)
                .body("status", equalTo("completed"))
                .body("percent", equalTo(100))
                .body("output", equalTo("done {1}"))
                .body("error", nullValue());
    }

    @Test
    void aFailedJobTellsWhyAndIsTriedAgainWithAFreshBudget() {
        long job = api.submit(FAR);
        worker.claim(List.of(job));
        worker.end(job, FAILED);
        await().atMost(PATIENCE).until(() -> api.count("batch where closed_at is not null") == 1);
        api.job(job)
                .body("status", equalTo("failed"))
                .body("error.reason", equalTo("http_500"))
                .body("error.detail", equalTo("the endpoint is on fire"));
        api.post("/" + job + "/retry", "")
                .statusCode(200)
                .body("status", equalTo("pending"))
                .body("error", nullValue());
        assertThat(api.count("task where spared = 1 and attempt = 1")).isOne();
        assertThat(api.count("retry where attempt = 1 and not_before <= clock_timestamp()"))
                .isOne();
        assertThat(api.count("batch where closed_at is null")).isOne();
        assertThat(api.count("(select sum(tasks) as n from failure) as f where n = 0"))
                .isOne();
        assertThat(api.ledger().recount()).isEmpty();
        api.post("/" + job + "/retry", "").statusCode(200);
        assertThat(api.count("audit where what = 'job.retry'")).isOne();
    }

    @Test
    void aPendingJobIsCancelledAtOnceAndARunningOneIsAborted() {
        long pending = api.submit(FAR);
        long running = api.submit(FAR);
        worker.claim(List.of(running));
        api.post("/" + pending + "/cancel", "").statusCode(200).body("status", equalTo("cancelled"));
        api.post("/" + running + "/cancel", "").statusCode(200).body("status", equalTo("processing"));
        assertThat(api.numbers("select task from cancellation")).containsExactly(running);
        worker.end(running, ABORTED);
        await().atMost(PATIENCE).until(() -> api.count("cancellation") == 0);
        api.job(running).body("status", equalTo("cancelled"));
        api.post("/" + running + "/cancel", "").statusCode(200);
        assertThat(api.count("audit where what = 'job.cancel'")).isEqualTo(2);
        assertThat(api.count("retry")).isZero();
        assertThat(api.ledger().recount()).isEmpty();
    }

    @Test
    void aJobThatComesBackAlthoughItIsToBeCancelledIsCancelled() {
        long job = api.submit(FAR);
        worker.claim(List.of(job));
        api.post("/" + job + "/cancel", "").statusCode(200);
        worker.end(job, RETRY);
        await().atMost(PATIENCE).until(() -> api.count("task where state = 'cancelled'") == 1);
        await().atMost(PATIENCE).until(() -> api.count("cancellation") == 0);
        assertThat(api.ledger().recount()).isEmpty();
        api.post("/" + job + "/retry", "").statusCode(200).body("status", equalTo("pending"));
        assertThat(api.count("retry")).isOne();
        assertThat(api.ledger().recount()).isEmpty();
    }

    @Test
    void aRetryTakesTheWishToCancelBack() {
        long job = api.submit(FAR);
        worker.claim(List.of(job));
        api.post("/" + job + "/cancel", "").statusCode(200);
        api.post("/" + job + "/retry", "").statusCode(200).body("status", equalTo("processing"));
        assertThat(api.count("cancellation")).isZero();
    }

    @Test
    void whatIsFinalOtherwiseIsInNoStateForThat() {
        long job = api.submit(FAR);
        worker.claim(List.of(job));
        worker.end(job, SUCCEEDED);
        api.post("/" + job + "/retry", "").statusCode(409).body("detail", containsString("completed"));
        api.post("/" + job + "/cancel", "").statusCode(409).body("detail", containsString("completed"));
    }

    @Test
    void othersDoNotSeeNorTouchAJob() {
        long job = api.submit(FAR);
        JobApi bird = api.as(TestKeys.of("bird", "read", "write", "operate"));
        bird.get("/" + job).statusCode(404).body("detail", equalTo("no job \"%d\"".formatted(job)));
        bird.post("/" + job + "/cancel", "").statusCode(404);
        bird.get("").statusCode(200).body("items", empty());
        bird.post("/bulk", "{\"action\": \"cancel\", \"filter\": {\"type\": \"sleep\"}}")
                .body("matched", equalTo(0));
        bird.post("/process", "{\"jobTypes\": [\"sleep\"]}").statusCode(200).body("started", empty());
        api.get("/abc").statusCode(404);
        api.get("/99999999999999999999").statusCode(404);
        api.get("/" + (job + 1)).statusCode(404);
        api.as(TestKeys.of("acme", "write")).get("/" + job).statusCode(403);
        api.as(TestKeys.of("acme", "write")).post("/" + job + "/cancel", "").statusCode(403);
        api.as(TestKeys.OPERATOR).job(job).body("organization", equalTo("acme"));
        assertThat(api.count("task where state = 'pending'")).isOne();
    }

    @Test
    void theListIsPagedFromTheNewestOn() {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            String body =
                    i % 3 == 0 ? FAR : FAR.replace("\"notBefore\"", "\"priority\": %d, \"notBefore\"".formatted(i % 3));
            jobs.addFirst(Long.toString(api.submit(body)));
        }
        api.get("").body("items.jobId", equalTo(jobs)).body("next", nullValue());
        List<String> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = api.get("?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .statusCode(200)
                    .extract();
            paged.addAll(page.path("items.jobId"));
            cursor = page.path("next");
        }
        assertThat(paged).isEqualTo(jobs);
        worker.claim(List.of(Long.parseLong(jobs.get(3))));
        api.get("?status=processing").body("items.jobId", contains(jobs.get(3)));
        api.get("?type=http").body("items", empty());
        api.get("?type=sleep&status=pending&limit=1").body("items.jobId", contains(jobs.getFirst()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?status=done", "?type=dance", "?cursor=77", "?cursor=x", "?limit=0"})
    void aListThatCanNotBeMeantIs400(String query) {
        api.get(query).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void manyAreCancelledAndTriedAgainByAFilter() {
        List<Long> jobs =
                LongStream.range(0, 15).map(_ -> api.submit(FAR)).boxed().toList();
        worker.claim(jobs.subList(0, 3));
        worker.end(jobs.get(0), SUCCEEDED);
        worker.end(jobs.get(1), FAILED);
        String cancel = "{\"action\": \"cancel\", \"filter\": {\"type\": \"sleep\"}}";
        api.post("/bulk?dryRun=true", cancel)
                .statusCode(200)
                .body("matched", equalTo(13))
                .body("changed", equalTo(0))
                .body("sample.size()", equalTo(10))
                .body("sample[0]", equalTo(Long.toString(jobs.get(2))))
                .body("more", nullValue());
        assertThat(api.count("task where state = 'cancelled'")).isZero();
        api.post("/bulk", cancel).statusCode(200).body("matched", equalTo(13)).body("changed", equalTo(13));
        assertThat(api.count("task where state = 'cancelled'")).isEqualTo(12);
        assertThat(api.numbers("select task from cancellation")).containsExactly(jobs.get(2));
        api.post("/bulk", "{\"action\": \"retry\", \"filter\": {\"status\": \"failed\"}}")
                .body("changed", equalTo(1));
        api.post("/bulk", "{\"action\": \"retry\", \"filter\": {\"createdBefore\": \"2020-01-01T00:00:00Z\"}}")
                .body("matched", equalTo(0));
        api.post("/bulk", "{\"action\": \"retry\", \"filter\": {\"createdBefore\": \"2120-01-01T00:00:00Z\"}}")
                .body("changed", equalTo(12));
        assertThat(api.count("task where state = 'pending'")).isEqualTo(13);
        assertThat(api.count("retry")).isEqualTo(13);
        assertThat(api.ledger().recount()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\": \"cancel\"}",
                "{\"action\": \"cancel\", \"filter\": {}}",
                "{\"action\": \"cancel\", \"filter\": {\"type\": null}}",
                "{\"action\": \"cancel\", \"filter\": {\"typ\": \"sleep\"}}",
                "{\"action\": \"cancel\", \"filter\": {\"status\": \"done\"}}",
                "{\"action\": \"cancel\", \"filter\": {\"createdBefore\": \"yesterday\"}}",
                "{\"action\": \"cancel\", \"filter\": {\"createdBefore\": \"+300000-01-01T00:00:00Z\"}}",
                "{\"action\": \"cancel\", \"filter\": {\"createdBefore\": \"+999999999-01-01T00:00:00Z\"}}",
                "{\"action\": \"explode\", \"filter\": {\"type\": \"sleep\"}}",
                "{\"filter\": {\"type\": \"sleep\"}}"
            })
    void aBulkThatNamesNothingOrNonsenseChangesNothing(String body) {
        api.submit(SLEEP);
        api.post("/bulk", body).statusCode(400).contentType("application/problem+json");
        assertThat(api.count("task where state = 'pending'")).isOne();
    }

    @Test
    void whatIsWaitingIsProcessedNowOldestFirstByPriority() {
        long low = api.submit(FAR);
        long next = api.submit(FAR);
        long high = api.submit(FAR.replace("\"notBefore\"", "\"priority\": 5, \"notBefore\""));
        api.post("/process", "{\"jobTypes\": [\"sleep\", \"http\"], \"limit\": 2}")
                .statusCode(200)
                .body("started", contains(Long.toString(high), Long.toString(low)));
        assertThat(api.numbers("select task from retry where not_before > '-infinity'"))
                .containsExactly(next);
        api.post("/process", "{\"jobTypes\": [\"sleep\"]}").body("started", contains(Long.toString(next)));
        api.post("/process", "{\"jobTypes\": [\"sleep\"]}").body("started", empty());
        api.job(low).body("notBefore", nullValue());
        assertThat(api.count("audit where what = 'job.process'")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"jobTypes\": []}",
                "{\"jobTypes\": [\"dance\"]}",
                "{\"jobTypes\": [1]}",
                "{\"jobTypes\": [\"sleep\"], \"limit\": 0}"
            })
    void aProcessThatCanNotBeMeantIs400(String body) {
        api.post("/process", body).statusCode(400).contentType("application/problem+json");
    }
}
