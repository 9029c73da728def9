package dev.rollcall.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.testing.Backends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
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

    @Inject
    Calls calls;

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

    @Test
    void anEndThatIsRefusedHoldsUpNoOtherAndIsWrittenWhenItMay() {
        Bench.Jobs jobs = bench.jobs("acme", "sleep", SHORT, SHORT, SHORT, SHORT);
        bench.execute("""
                create trigger refuse before insert on attempt for each row when (new.task = %d)
                execute function refusal.refuse()
                """.formatted(jobs.task(1)));
        bench.hint(jobs);
        awaitStates(Map.of("running", 1L, "succeeded", 3L));
        bench.hint(bench.jobs("acme", "sleep", SHORT, SHORT));
        awaitStates(Map.of("running", 1L, "succeeded", 5L));
        goOn();
        awaitStates(Map.of("succeeded", 6L));
        assertThat(bench.ledger.recount()).isEmpty();
    }

    @Test
    void whatIsRefusedTogetherIsWrittenInParts() {
        bench.execute("""
                create function refusal.refuse_many() returns trigger language plpgsql security definer as $$
                begin
                    if (select count(*) from ends) > 2 then
                        perform nextval('refusal.refused');
                        raise exception 'too many' using errcode = '53200';
                    end if;
                    return null;
                end $$
                """);
        bench.execute("""
                create trigger refuse after insert on attempt referencing new table as ends for each statement
                execute function refusal.refuse_many()
                """);
        String[] payloads = new String[16];
        Arrays.fill(payloads, "{\"millis\":1000}");
        Bench.Jobs jobs = bench.jobs("acme", "sleep", payloads);
        // not the bench's own: its statements below would join the transaction
        Jdbi other = Jdbi.create(Backends.adminDataSource());
        other.useTransaction(tx -> {
            // while the first end waits for the lock, the others gather
            tx.execute("lock table attempt in share mode");
            bench.hint(jobs);
            await().atMost(PATIENCE).until(() -> calls.count() == payloads.length);
            await().atMost(PATIENCE).until(() -> calls.count() == 0);
        });
        awaitStates(Map.of("succeeded", 16L));
        assertThat(refused()).isPositive();
        assertThat(bench.ledger.recount()).isEmpty();
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
