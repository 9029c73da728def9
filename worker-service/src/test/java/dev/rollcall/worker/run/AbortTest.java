package dev.rollcall.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.worker.provider.FakeProvider;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cancellations that meet running calls. The heart beats so slowly that only news can be what the worker acts on.
@QuarkusTest
@TestProfile(AbortTest.SlowHeart.class)
@QuarkusTestResource(
        value = Backends.class,
        initArgs = @ResourceArg(name = "role", value = "rollcall_worker"),
        restrictToAnnotatedClass = true)
class AbortTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HANGING = 20;

    @Inject
    Calls calls;

    private final Bench bench = new Bench();
    /// One a test: the worker remembers a provider's address for a while.
    private final String provider = "p" + Bench.next();

    private FakeProvider server;

    public static final class SlowHeart implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rollcall.worker.heartbeat", "30s", "rollcall.worker.lease", "5m");
        }
    }

    @BeforeEach
    void begin() throws Exception {
        bench.clean();
        server = new FakeProvider();
        server.hang(false);
        bench.ledger.provider(provider).at(server.url("/v1").toString()).concurrency(50);
    }

    @AfterEach
    void end() throws Exception {
        calls.abortAll();
        await().atMost(PATIENCE).until(() -> calls.count() == 0);
        server.close();
        bench.close();
    }

    @Test
    void aCancelledBatchsCallsAreAbortedWithinASecondOfTheNews() {
        BatchRow batch = hanging();
        bench.execute("update batch set cancelled_at = clock_timestamp() where id = ?", batch.id());
        assertThat(calls.count()).isEqualTo(HANGING);

        bench.cancelled(batch.id());

        await().atMost(Duration.ofSeconds(1))
                .until(() -> server.closedConnections() == HANGING
                        && bench.states().equals(Map.of("cancelled", (long) HANGING)));
        assertThat(bench.value(
                        Long.class,
                        "select count(*) from attempt where outcome = 'cancelled' and reason = 'cancelled'"
                                + " and started_at is not null"))
                .isEqualTo(HANGING);
        assertThat(bench.value(Long.class, "select count(*) from task where reason = 'cancelled' and worker is null"))
                .isEqualTo(HANGING);
        assertThat(bench.value(Long.class, "select count(*) from retry")).isZero();
        assertThat(bench.ledger.recount()).isEmpty();
        await().atMost(PATIENCE).until(() -> bench.value(Long.class, "select count(*) from claim") == 0);
        server.behave(request -> FakeProvider.answer(request, "hello"));
        BatchRow next = bench.ledger.rows("acme", provider).rows(HANGING);
        hint(next);
        await("the permits are free again").atMost(PATIENCE).until(() -> bench.states()
                .equals(Map.of("cancelled", (long) HANGING, "succeeded", (long) HANGING)));
    }

    @Test
    void oldNewsOfACancellationDoesNothing() {
        BatchRow resumed = hanging();
        bench.cancelled(resumed.id());
        Bench.Jobs probe = bench.jobs("acme", "sleep", "{\"millis\":60000}");
        bench.hint(probe);
        await().atMost(PATIENCE).until(() -> calls.count() == HANGING + 1);
        cancel(probe.task(0));
        bench.news("{\"what\":\"CANCELLED\",\"batch\":1,\"tasks\":[%d]}".formatted(probe.task(0)));
        await("the worker has looked since").atMost(PATIENCE).until(() -> bench.states()
                .equals(Map.of("cancelled", 1L, "running", (long) HANGING)));
        assertThat(calls.count()).isEqualTo(HANGING);
        assertThat(server.closedConnections()).isZero();
    }

    @Test
    void oneCancelledJobIsAbortedAndTheOthersGoOn() {
        Bench.Jobs jobs = bench.jobs("acme", "sleep", "{\"millis\":60000}", "{\"millis\":60000}");
        bench.hint(jobs);
        await().atMost(PATIENCE).until(() -> calls.count() == 2);
        cancel(jobs.task(1));
        bench.cancelled(1);
        await().atMost(PATIENCE).until(() -> bench.states().equals(Map.of("cancelled", 1L, "running", 1L)));
        assertThat(bench.value(Long.class, "select id from task where state = 'cancelled'"))
                .isEqualTo(jobs.task(1));
    }

    @Test
    void whatWasResumedBeforeItsAbortIsWrittenIsHandedBack() {
        hanging();
        // as after a look that saw the batch cancelled
        calls.inFlight().forEach(Flight::cancel);
        await().atMost(PATIENCE).until(() -> bench.states().equals(Map.of("pending", (long) HANGING)));
        assertThat(bench.value(
                        Long.class,
                        "select count(*) from task t join retry r on r.task = t.id and r.attempt = t.attempt"
                                + " where t.spared = 1 and t.reason is null and r.not_before <= clock_timestamp()"))
                .isEqualTo(HANGING);
        assertThat(bench.value(
                        Long.class,
                        "select count(*) from attempt where outcome = 'not_yet' and reason = 'interrupted'"))
                .isEqualTo(HANGING);
        assertThat(bench.ledger.recount()).isEmpty();
    }

    @Test
    void aDrainHandsBackAndCancelsNothing() {
        hanging();
        calls.abortAll();
        await().atMost(PATIENCE).until(() -> bench.states().equals(Map.of("pending", (long) HANGING)));
        assertThat(bench.value(Long.class, "select sum(spared) from task")).isEqualTo(HANGING);
    }

    @Test
    void recordsNobodyCanReadDoNotStopTheNews() {
        BatchRow batch = hanging();
        bench.news("{\"what\":\"EATEN\",\"batch\":1,\"tasks\":[]}");
        bench.news("not JSON");
        bench.execute("update batch set cancelled_at = clock_timestamp() where id = ?", batch.id());
        bench.cancelled(batch.id());
        await().atMost(PATIENCE).until(() -> bench.states().equals(Map.of("cancelled", (long) HANGING)));
    }

    @Test
    void twoHundredCancellationsRaceTheEndsAndEveryTaskEndsOnce() throws Exception {
        int rounds = 200;
        Random random = new Random(7);
        Bench.Jobs jobs = bench.jobs(
                "acme",
                "sleep",
                IntStream.range(0, rounds)
                        .mapToObj(n -> "{\"millis\":%d}".formatted(random.nextInt(1500)))
                        .toArray(String[]::new));
        bench.hint(jobs);
        await().atMost(PATIENCE).until(() -> bench.states().getOrDefault("pending", 0L) == 0);
        List<Thread> cancellers = Stream.of(0, 1, 2, 3)
                .map(part -> Thread.ofVirtual().start(() -> {
                    Random when = new Random(part);
                    for (int n = part; n < rounds; n += 4) {
                        for (int spins = when.nextInt(20_000); spins > 0; spins--) {
                            Thread.onSpinWait();
                        }
                        cancel(jobs.task(n));
                        bench.cancelled(1);
                    }
                }))
                .toList();
        for (Thread canceller : cancellers) {
            canceller.join();
        }
        await().atMost(PATIENCE).until(() -> bench.states().getOrDefault("running", 0L) == 0);
        Map<String, Long> states = bench.states();
        assertThat(states).containsOnlyKeys("succeeded", "cancelled");
        assertThat(states.values().stream().mapToLong(n -> n).sum()).isEqualTo(rounds);
        assertThat(bench.value(
                        Long.class,
                        "select count(*) from attempt a join task t on t.id = a.task and t.state = a.outcome"
                                + " where not a.late and a.attempt = 1"))
                .isEqualTo(rounds);
        assertThat(bench.value(Long.class, "select count(*) from attempt")).isEqualTo(rounds);
        assertThat(bench.ledger.recount()).isEmpty();
    }

    /// Twenty calls that are never answered.
    private BatchRow hanging() {
        BatchRow batch = bench.ledger.rows("acme", provider).rows(HANGING);
        hint(batch);
        await().atMost(PATIENCE).until(() -> server.seen().size() == HANGING);
        return batch;
    }

    private void hint(BatchRow batch) {
        bench.hint(
                Bench.DAY.toString(),
                provider,
                IntStream.range(0, HANGING)
                        .mapToObj(row -> batch.task(provider, row))
                        .toList());
    }

    /// As the trigger does: only of a job that runs.
    private void cancel(long task) {
        bench.execute(
                "insert into cancellation (task, day) select id, day from task where id = ? and state = 'running'",
                task);
    }
}
