package dev.rollcall.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// What hints are worth.
class ClaimsTest {
    private static final Offsets.Receipt RECEIPT =
            new Offsets().received(new ConsumerRecord<>("tasks", 0, 0, "p1", "p1"), 1);

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource()).clean();
    private final Jdbi jdbi = Ledger.over(Backends.adminDataSource());
    private final Claims claims = new Claims(jdbi);
    private final BatchRow batch = ledger.rows("acme", "p1").rows(2).hinted("p1", 2);

    @BeforeEach
    void aWorkerThatMayClaim() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into worker (id, name, pool, lease_until) overriding system value
                values (?, 'w', 'p', 'infinity') on conflict do nothing
                """, BatchRow.WORKER));
    }

    @Test
    void aTaskIsClaimedOnce() {
        assertThat(claimed(0, 1, 0)).containsExactlyInAnyOrder(batch.task("p1", 0), batch.task("p1", 1));
        assertThat(claimed(0, 1)).isEmpty();
    }

    @Test
    void aTaskThatWaitsToBeTriedAgainIsNotClaimedByAnOldHint() {
        batch.ended("p1", 0, 1, "pending");
        assertThat(claimed(0, 1)).containsExactly(batch.task("p1", 1));
        jdbi.useHandle(handle -> handle.execute("update retry set not_before = clock_timestamp()"));
        assertThat(claimed(0)).containsExactly(batch.task("p1", 0));
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void whatIsLeftOfAnEarlierAttemptHoldsNothingUp() {
        batch.ended("p1", 0, 1, "pending").ended("p1", 0, 1, "pending");
        jdbi.useHandle(handle -> assertThat(
                        handle.execute("update retry set not_before = clock_timestamp() where attempt = 2"))
                .isOne());
        assertThat(claimed(0)).containsExactly(batch.task("p1", 0));
    }

    @Test
    void aTaskThatIsClaimedAndEndsWhileAClaimLooksIsLeftAlone() throws SQLException {
        try (Handle gate = jdbi.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // whether the worker may claim is asked first: there the statement, which has its snapshot, stands still
            gate.createScript("""
                    create schema gate;
                    create function gate.passed() returns boolean language sql volatile
                        return (select true from pg_advisory_xact_lock_shared(4711));
                    create view gate.worker as select * from rollcall.worker where gate.passed();
                    """).execute();
            gate.execute("select pg_advisory_lock(4711)");
            PGSimpleDataSource throughTheGate = Backends.adminDataSource().unwrap(PGSimpleDataSource.class);
            throughTheGate.setCurrentSchema("gate,rollcall");
            var claim = threads.submit(() -> new Claims(Ledger.over(throughTheGate))
                    .claim(BatchRow.WORKER, BatchRow.DAY, List.of(hint(batch, 0), hint(batch, 1))));
            await().until(() -> gate.createQuery("""
                            select exists (select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted)
                            """).mapTo(Boolean.class).one());
            batch.ended("p1", 0, 1, "pending");
            gate.execute("select pg_advisory_unlock(4711)");
            assertThat(claim).succeedsWithin(Duration.ofSeconds(30)).satisfies(claimed -> assertThat(claimed)
                    .extracting(Claimed::task)
                    .containsExactly(batch.task("p1", 1)));
            gate.createScript("drop schema gate cascade").execute();
        }
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void whatIsHandedBackIsDueInAMomentAlsoIfItsHintIsNotWrittenDownYet() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into retry (task, day, lane, attempt, not_before)
                        select id, day, id >> 24, 0, case id & 1 when 0 then now() else now() + interval '1 hour' end from task
                        """).execute());
        claims.handBack(BatchRow.DAY, List.of(hint(batch, 1), hint(batch, 0)));
        List<Boolean> soon = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select not_before > now() and not_before < now() + interval '2 seconds' from retry order by task
                        """).mapTo(Boolean.class).list());
        assertThat(soon).as("what waits for longer goes on waiting").containsExactly(true, false);
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void everyTaskKnowsWhatItsLaneTells() {
        BatchRow other = ledger.rows("bird", "p1").rows(2).hinted("p1", 2);
        List<Claimed> claimed = claims.claim(
                BatchRow.WORKER,
                BatchRow.DAY,
                Stream.of(batch, other)
                        .flatMap(each -> IntStream.range(0, 2).mapToObj(row -> hint(each, row)))
                        .toList());
        assertThat(claimed)
                .extracting(Claimed::task, task -> task.work().organization(), Claimed::provider)
                .containsExactlyInAnyOrder(
                        tuple(batch.task("p1", 0), "acme", "p1"),
                        tuple(batch.task("p1", 1), "acme", "p1"),
                        tuple(other.task("p1", 0), "bird", "p1"),
                        tuple(other.task("p1", 1), "bird", "p1"));
        assertThat(ledger.recount()).isEmpty();
    }

    private List<Long> claimed(int... rows) {
        List<Hint> hints = IntStream.of(rows).mapToObj(row -> hint(batch, row)).toList();
        return claims.claim(BatchRow.WORKER, BatchRow.DAY, hints).stream()
                .map(Claimed::task)
                .toList();
    }

    private static Hint hint(BatchRow of, int row) {
        return new Hint(BatchRow.DAY, "p1", of.task("p1", row), RECEIPT);
    }
}
