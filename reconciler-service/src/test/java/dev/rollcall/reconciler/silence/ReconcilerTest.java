package dev.rollcall.reconciler.silence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.message.Topics;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LaneRow;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a dead worker leaves, what a lost hint leaves, and what the reconciler makes of it, in a real ledger.
@QuarkusTest
@QuarkusTestResource(
        value = Backends.class,
        initArgs = @ResourceArg(name = "role", value = "rollcall_reconciler"),
        restrictToAnnotatedClass = true)
class ReconcilerTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());

    @Inject
    Jdbi jdbi;

    private LaneRow lane = new LaneRow(1, DAY, 1);

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.provider("p").concurrency(10);
        lane = ledger.lane("acme", "p", DAY, 6);
    }

    @Test
    void whatADeadWorkerRanIsDueAgainAndWhatItFinishedIsAnnouncedAgain() {
        execute("update lane set next = 6, dispatched_at = clock_timestamp()");
        long worker = worker("clock_timestamp() - interval '1 second'");
        claim(worker, 0, 1, 2);
        execute("update task set state = 'succeeded', worker = null where id = " + lane.task(2));
        execute("update tally set running = 2, succeeded = 1");
        execute("insert into permit (provider, worker, granted, wanted) values ('p', " + worker + ", 10, 3)");
        try (KafkaConsumer<String, String> results = results()) {
            reconcile()
                    .body("deadWorkers", hasSize(1))
                    .body("takenBack", equalTo(2))
                    .body("announced", equalTo(1));
            List<String> news = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                results.poll(Duration.ofMillis(100)).forEach(record -> news.add(record.value()));
                return !news.isEmpty();
            });
            assertThat(news).hasSize(1);
            assertThat(JsonPath.from(news.getFirst()).getList("ended.state", String.class))
                    .containsExactly("succeeded", "pending", "pending");
        }
        assertThat(ledger.tasksByState()).isEqualTo(Map.of("pending", 5L, "succeeded", 1L));
        assertThat(ledger.recount()).isEmpty();
        assertThat(count("retry where not_before <= clock_timestamp()")).isEqualTo(2);
        assertThat(count("attempt where outcome = 'died'")).isEqualTo(2);
        assertThat(count("task where deaths = 1")).isEqualTo(2);
        assertThat(count("claim")).isZero();
        assertThat(count("permit")).isZero();
        assertThat(count("scheduler_runs where function = 'reconciler' and status = 'mended'"))
                .isOne();
        reconcile().body("deadWorkers", empty()).body("takenBack", equalTo(0)).body("announced", equalTo(0));
    }

    @Test
    void aTaskThatHasUsedUpItsAttemptsOnDeadWorkersFails() {
        execute("update task set attempt = 4 where id = " + lane.task(0));
        long worker = worker("clock_timestamp() - interval '1 second'");
        claim(worker, 0);
        reconcile().body("exhausted", equalTo(1)).body("takenBack", equalTo(0));
        assertThat(ledger.tasksByState()).isEqualTo(Map.of("pending", 5L, "failed", 1L));
        assertThat(count("task where reason = 'worker_died' and deaths = 1")).isOne();
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void whatDiedTogetherBeforeIsDueAtMomentsOfItsOwn() {
        execute("update task set attempt = 2, deaths = 2");
        long worker = worker("clock_timestamp() - interval '1 second'");
        claim(worker, 0, 1, 2, 3);
        reconcile().body("takenBack", equalTo(4));
        assertThat(count("(select distinct not_before from retry "
                        + "where not_before < clock_timestamp() + interval '8 seconds') as moments"))
                .isEqualTo(4);
    }

    @Test
    void aLivingWorkerIsLeftAlone() {
        long worker = worker("clock_timestamp() + interval '10 seconds'");
        claim(worker, 0, 1);
        reconcile().body("deadWorkers", empty()).body("takenBack", equalTo(0));
        assertThat(ledger.tasksByState()).isEqualTo(Map.of("pending", 4L, "running", 2L));
    }

    @Test
    void whatAWorkerLeftWhenItSaidGoodByeIsTakenBackToo() {
        long worker = worker("clock_timestamp() + interval '10 seconds'");
        claim(worker, 0);
        execute("update worker set stopped_at = clock_timestamp()");
        reconcile().body("takenBack", equalTo(1));
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void hintsThatNobodyTookAreHintedAgain() {
        execute("update lane set next = 4, dispatched_at = clock_timestamp() - interval '3 seconds'");
        claim(worker("clock_timestamp() + interval '10 seconds'"), 3);
        execute("update tally set seen_at = clock_timestamp() - interval '3 seconds'");
        reconcile().body("republished", equalTo(3));
        assertThat(count("retry")).isEqualTo(3);
        reconcile().body("republished", equalTo(0));
    }

    @Test
    void aSingleHintThatWasLostOnALaneOfJobsThatNeverRestsIsHintedAgain() {
        execute("update batch set run = null, kind = 'jobs', name = 'p'");
        execute("update item set created_at = clock_timestamp() - interval '1 hour'");
        execute("update item set created_at = clock_timestamp() where n = 1");
        execute("update lane set next = 6, dispatched_at = clock_timestamp()");
        long worker = worker("clock_timestamp() + interval '10 seconds'");
        claim(worker, 0, 5);
        execute("update task set state = 'pending', worker = null where id = " + lane.task(0));
        execute("update tally set running = 1, seen_at = clock_timestamp()");
        attempt(0, worker, "clock_timestamp()");
        execute(
                "insert into retry (task, day, lane, attempt, not_before) values (%d, '%s', %d, 0, now() + interval '1 hour')"
                        .formatted(lane.task(2), DAY, lane.id()));
        reconcile().body("republished", equalTo(2));
        Set<Long> due = owner.withHandle(
                handle -> handle.createQuery("select task from retry where not_before <= clock_timestamp()")
                        .mapTo(Long.class)
                        .set());
        assertThat(due)
                .as("neither what has just been written or tried, nor what waits, nor what runs")
                .containsExactlyInAnyOrder(lane.task(3), lane.task(4));
        reconcile().body("republished", equalTo(0));
        execute("delete from retry");
        execute("update attempt set ended_at = ended_at - interval '1 hour'");
        reconcile().body("republished", equalTo(4));
    }

    private void attempt(int item, long worker, String endedAt) {
        execute(
                "insert into attempt (day, task, attempt, worker, claimed_at, ended_at, outcome) values ('%s', %d, 1, %d, %4$s, %4$s, 'retry')"
                        .formatted(DAY, lane.task(item), worker, endedAt));
    }

    @Test
    void hintsThatWaitForAPermitAreLeftAlone() {
        execute("update provider set concurrency = 1");
        execute("update lane set next = 4, dispatched_at = clock_timestamp() - interval '1 hour'");
        claim(worker("clock_timestamp() + interval '10 seconds'"), 3);
        execute("update tally set seen_at = clock_timestamp() - interval '1 hour'");
        reconcile().body("republished", equalTo(0));
    }

    @Test
    void whatIsPendingPastTheWallLimitFails() {
        claim(worker("clock_timestamp() + interval '10 seconds'"), 0);
        execute("insert into retry (task, day, lane, attempt, not_before) values (%d, '%s', %d, 0, now())"
                .formatted(lane.task(1), DAY, lane.id()));
        execute("update run set deadline = clock_timestamp() - interval '1 second'");
        reconcile().body("givenUp", equalTo(5));
        assertThat(ledger.tasksByState()).isEqualTo(Map.of("failed", 5L, "running", 1L));
        assertThat(count("task where reason = 'wall_limit'")).isEqualTo(5);
        assertThat(count("retry")).isZero();
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void twoPassesAtOnceTakeEachTaskBackOnce() throws Exception {
        claim(worker("clock_timestamp() - interval '1 second'"), 0, 1, 2, 3);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> pass = () -> reconcile().extract().path("takenBack");
            int taken = 0;
            for (var done : threads.invokeAll(List.of(pass, pass, pass))) {
                taken += done.get();
            }
            assertThat(taken).isEqualTo(4);
        }
        assertThat(count("task where deaths = 1")).isEqualTo(4);
        assertThat(ledger.recount()).isEmpty();
    }

    /// As after PostgreSQL was away for longer than a lease: the reconciler may be back before the workers are.
    @Test
    void whoRenewsAfterAllIsNotDead() throws Exception {
        String lease = "interval '6 seconds'";
        await().atMost(PATIENCE)
                .until(() -> count("(select where pg_postmaster_start_time() < now() - " + lease + ") as old") == 1);
        long worker = worker("clock_timestamp() - interval '1 second'");
        execute("update worker set seen_at = lease_until - " + lease);
        claim(worker, 0, 1);
        var looked = new CountDownLatch(1);
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                if (context.getRenderedSql().contains("from worker where dead_at")) {
                    looked.countDown();
                }
            }
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pass = threads.submit(() -> reconcile().extract().jsonPath());
            assertThat(looked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            execute("update worker set seen_at = now(), lease_until = now() + interval '1 hour'");
            assertThat(pass.get().getList("deadWorkers")).isEmpty();
        } finally {
            jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }
        assertThat(ledger.tasksByState()).containsEntry("running", 2L);
    }

    @Test
    void whatIsPastItsTimeIsGivenUpInPortions() {
        execute("update lane set next = 1");
        execute("update run set deadline = clock_timestamp() - interval '1 second'");
        List<Integer> portions = new ArrayList<>();
        List<Integer> cursor = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            portions.add(jdbi.inTransaction(tx -> Silences.giveUp(tx, 2)));
            cursor.add(count("generate_series(1, (select next from lane))"));
        }
        assertThat(portions).containsExactly(2, 2, 2, 0);
        assertThat(cursor).as("nothing that is given up will be hinted").containsExactly(2, 4, 6, 6);
        assertThat(count("task where reason = 'wall_limit'")).isEqualTo(6);
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void aWrongSecretIs401AndDoesNothing() {
        claim(worker("clock_timestamp() - interval '1 second'"), 0);
        given().header("x-cron-secret", "wrong").post("/api/reconcile").then().statusCode(401);
        given().post("/api/reconcile").then().statusCode(401);
        assertThat(ledger.tasksByState()).containsEntry("running", 1L);
    }

    private static ValidatableResponse reconcile() {
        return given().header("x-cron-secret", "test-secret")
                .post("/api/reconcile")
                .then()
                .statusCode(200);
    }

    private long worker(String leaseUntil) {
        // seen a moment before, so that a lease may be over though the server has just started
        return owner.withHandle(handle ->
                handle.createQuery("""
                        insert into worker (name, pool, seen_at, lease_until)
                        values ('w', 'prompts', least(clock_timestamp(), %1$s) - interval '1 millisecond', %1$s) returning id
                        """.formatted(leaseUntil)).mapTo(Long.class).one());
    }

    private void claim(long worker, int... items) {
        List<Long> tasks = Arrays.stream(items).mapToObj(lane::task).toList();
        owner.useHandle(handle -> handle.createUpdate("""
                        with running as (
                            update task set state = 'running', worker = :worker, attempt = attempt + 1 where id = any(:tasks)
                        ), claimed as (
                            insert into claim (worker, day, tasks) values (:worker, :day, :tasks)
                        )
                        insert into tally (lane, writer, running) values (:lane, :worker, cardinality(:tasks))
                        """)
                .bind("worker", worker)
                .bind("day", DAY)
                .bind("lane", lane.id())
                .bindArray("tasks", Long.class, tasks)
                .execute());
    }

    private void execute(String sql) {
        owner.useHandle(handle -> handle.execute(sql));
    }

    private int count(String what) {
        return owner.withHandle(handle -> handle.createQuery("select count(*)::int from " + what)
                .mapTo(Integer.class)
                .one());
    }

    private static KafkaConsumer<String, String> results() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Backends.bootstrapServers());
        properties.put("group.id", UUID.randomUUID().toString());
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.RESULTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }
}
