package dev.rollcall.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
