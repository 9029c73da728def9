package dev.rollcall.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.testing.Backends;
import dev.rollcall.worker.lease.Incarnation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A worker that drains. It is one of its own, as it never comes back.
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestProfile(LeavingTest.Leaving.class)
@QuarkusTestResource(
        value = Backends.class,
        initArgs = @ResourceArg(name = "role", value = "rollcall_worker"),
        restrictToAnnotatedClass = true)
class LeavingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    ClaimLoop claims;

    @Inject
    Incarnation incarnation;

    private final Bench bench = new Bench();

    public static final class Leaving implements QuarkusTestProfile {}

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    @Order(1)
    void whatIsHintedToAWorkerThatLeavesIsDueAgainAtOnce() throws InterruptedException {
        bench.clean();
        Bench.Jobs served = bench.jobs("acme", "sleep", "{\"millis\":0}");
        bench.hint(served);
        await().atMost(PATIENCE).until(() -> bench.states().equals(Map.of("succeeded", 1L)));
        claims.leave();

        Bench.Jobs late = bench.jobs("acme", "sleep", "{\"millis\":0}", "{\"millis\":0}");
        bench.hint(served);
        bench.hint(late);

        await().atMost(PATIENCE)
                .until(() -> bench.value(
                                Long.class,
                                "select count(*) from retry where lane = ? and not_before < clock_timestamp() + interval '1 second'",
                                late.lane())
                        == 2);
        assertThat(bench.states()).isEqualTo(Map.of("succeeded", 1L, "pending", 2L));
        assertThat(bench.value(Long.class, "select count(*) from retry")).isEqualTo(2);
        assertThat(bench.ledger.recount()).isEmpty();
    }

    @Test
    @Order(2)
    void aClaimWhoseAnswerWasLostIsHandedBackBeforeTheLoopEnds() throws InterruptedException {
        bench.clean();
        claims.leave();
        Bench.Jobs lost = bench.jobs("acme", "sleep", "{\"millis\":0}");
        // as its claim does, but that nobody has heard of it
        bench.execute("""
                with mine as (
                    update task set state = 'running', attempt = 1, worker = ? where id = ? returning *
                ), side as (
                    insert into claim (worker, day, tasks) select worker, day, array[id] from mine
                )
                insert into tally (lane, writer, running) select id >> 24, worker, 1 from mine
                """, incarnation.id().orElseThrow(), lost.task(0));

        claims.stop();

        await().atMost(PATIENCE).until(() -> bench.states().equals(Map.of("pending", 1L)));
        assertThat(bench.value(Integer.class, "select spared from task")).isOne();
        assertThat(bench.value(String.class, "select reason from attempt")).isEqualTo("claim_in_doubt");
        assertThat(bench.ledger.recount()).isEmpty();
    }
}
