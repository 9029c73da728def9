package dev.rollcall.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.testing.Backends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A worker that drains. It is one of its own, as it never comes back.
@QuarkusTest
@TestProfile(LeavingTest.Leaving.class)
@QuarkusTestResource(
        value = Backends.class,
        initArgs = @ResourceArg(name = "role", value = "rollcall_worker"),
        restrictToAnnotatedClass = true)
class LeavingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    ClaimLoop claims;

    private final Bench bench = new Bench();

    public static final class Leaving implements QuarkusTestProfile {}

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
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
        claims.stop();
    }
}
