package dev.rollcall.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.testing.Backends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = Backends.class,
        initArgs = @ResourceArg(name = "role", value = "rollcall_worker"),
        restrictToAnnotatedClass = true)
class HeartbeatAbortTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Calls calls;

    private final Bench bench = new Bench();

    @BeforeEach
    void begin() {
        bench.clean();
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void aCancellationNobodyTellsOfIsFoundByTheHeartbeat() {
        bench.hint(bench.jobs("acme", "sleep", "{\"millis\":60000}", "{\"millis\":60000}"));
        await().atMost(PATIENCE).until(() -> calls.count() == 2);
        bench.execute("update batch set cancelled_at = clock_timestamp()");
        await().atMost(Duration.ofSeconds(3)).until(() -> bench.states().equals(Map.of("cancelled", 2L)));
        assertThat(bench.ledger.recount()).isEmpty();
    }

    @Test
    void aClaimThatWasUnderWayWhenItsBatchWasCancelledIsAbortedToo() {
        Bench.Jobs jobs = bench.jobs("acme", "sleep", "{\"millis\":60000}");
        long worker =
                bench.value(Long.class, "select max(id) from worker where dead_at is null and stopped_at is null");
        // not the bench's own: its statements below would join the transaction
        Jdbi other = Jdbi.create(Backends.adminDataSource());
        other.useTransaction(tx -> {
            // the claim waits to count, and does not see what happens meanwhile
            tx.execute("insert into tally (lane, writer) values (?, ?)", jobs.lane(), worker);
            bench.hint(jobs);
            await().atMost(PATIENCE)
                    .until(() -> bench.value(
                                    Long.class,
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                            + " and query like 'with found as%'")
                            > 0);
            bench.execute("update batch set cancelled_at = clock_timestamp()");
            bench.cancelled(1);
            tx.rollback();
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bench.states()).isEqualTo(Map.of("cancelled", 1L)));
        assertThat(bench.value(Integer.class, "select attempt from task")).isOne();
        assertThat(bench.ledger.recount()).isEmpty();
    }
}
