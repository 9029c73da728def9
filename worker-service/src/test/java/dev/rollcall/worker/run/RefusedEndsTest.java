package dev.rollcall.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.testing.Backends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ends that PostgreSQL refuses for reasons that do not pass by themselves.
@QuarkusTest
@QuarkusTestResource(
        value = Backends.class,
        initArgs = @ResourceArg(name = "role", value = "rollcall_worker"),
        restrictToAnnotatedClass = true)
class RefusedEndsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SHORT = "{\"millis\":0}";

    private final Bench bench = new Bench();

    @BeforeEach
    void begin() {
        bench.clean();
        // sequences count what is rolled back too
        bench.execute("create schema refusal");
        bench.execute("create sequence refusal.refused minvalue 0 start 1");
        bench.execute("select setval('refusal.refused', 0)");
        bench.execute("""
                create function refusal.refuse() returns trigger language plpgsql security definer as $$
                begin
                    perform nextval('refusal.refused');
                    raise exception 'refused' using errcode = 'XX000';
                end $$
                """);
    }

    @AfterEach
    void end() {
        goOn();
        bench.close();
    }

    @Test
    void endsGoOnWhereSideRowsCannotBeRemoved() {
        bench.execute(
                "create trigger refuse before delete on claim for each statement execute function refusal.refuse()");
        bench.hint(bench.jobs("acme", "sleep", SHORT));
        await().atMost(PATIENCE).until(() -> refused() > 0);
        bench.hint(bench.jobs("acme", "sleep", SHORT));
        awaitStates(Map.of("succeeded", 2L));
        goOn();
        await().atMost(PATIENCE).until(() -> bench.value(Long.class, "select count(*) from claim") == 0);
    }

    private long refused() {
        return bench.value(Long.class, "select last_value from refusal.refused");
    }

    private void goOn() {
        bench.execute("drop schema if exists refusal cascade");
    }

    private void awaitStates(Map<String, Long> wanted) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bench.states()).isEqualTo(wanted));
    }
}
