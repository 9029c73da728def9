package dev.rollcall.worker.finish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.TaskState;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.finish.Endings.Counted;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Ends as they are written, with the counts and the evidence that belong to them.
class EndingsTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T01:02:03.456789Z");

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource()).clean();
    private final Jdbi jdbi = Ledger.over(Backends.adminDataSource());
    private final Endings endings = new Endings(jdbi);
    private final BatchRow batch = ledger.rows("acme", "p1").rows(2).running("p1", 0, 2);

    @Test
    void anEndIsKeptWithItsTimes() {
        write(succeeded(0, 1, "an answer"));
        Instant started = jdbi.withHandle(handle -> handle.createQuery("select started_at from attempt where task = ?")
                .bind(0, batch.task("p1", 0))
                .mapTo(Instant.class)
                .one());
        assertThat(started).isEqualTo(STARTED);
        assertThat(attempts(0)).containsExactly("1 succeeded an answer");
    }

    @Test
    void anEndWhoseAnswerWasLostIsWrittenOnceAndCounts() {
        Ended end = succeeded(0, 1, "an answer");
        Map<Counted, Boolean> first = write(end);
        assertThat(write(end)).isEqualTo(first).containsExactly(Map.entry(Counted.of(end.claimed()), false));
        assertThat(attempts(0)).containsExactly("1 succeeded an answer");
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void aCancellationThatNoLongerStoodIsHandedBackHoweverOftenItIsWritten() {
        Ended end = ended(
                0,
                1,
                new Ending(TaskState.CANCELLED, "cancelled", "cancelled", null, false, Duration.ZERO),
                null,
                BatchRow.WORKER);
        Map<Counted, Boolean> first = write(end);
        assertThat(first).containsExactly(Map.entry(Counted.of(end.claimed()), true));
        assertThat(write(end)).isEqualTo(first);
        assertThat(attempts(0)).containsExactly("1 not_yet null");
        assertThat(ledger.tasksByState()).containsEntry("pending", 1L);
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void anEndThatIsLateIsEvidenceAndSpoilsNoOther() {
        batch.ended("p1", 0, 1, "pending").running("p1", 0, 1);
        Ended late = succeeded(0, 1, "late");
        Ended own = succeeded(1, 1, "own");
        // the first attempt's row is its worker's already; a second worker never had the task
        Ended strange = succeeded(0, 2, "strange", BatchRow.WORKER + 1);
        assertThat(write(late, own, strange)).containsOnlyKeys(Counted.of(late.claimed()), Counted.of(own.claimed()));
        assertThat(attempts(0)).containsExactly("1 retry null", "2 succeeded strange late");
        assertThat(attempts(1)).containsExactly("1 succeeded own");
        assertThat(ledger.tasksByState()).containsEntry("running", 1L);
        assertThat(ledger.recount()).isEmpty();
    }

    private Map<Counted, Boolean> write(Ended... ended) {
        return endings.write(BatchRow.DAY, List.of(ended));
    }

    private Ended succeeded(int row, int attempt, String answer) {
        return succeeded(row, attempt, answer, BatchRow.WORKER);
    }

    private Ended succeeded(int row, int attempt, String answer, long worker) {
        return ended(
                row,
                attempt,
                new Ending(TaskState.SUCCEEDED, "succeeded", null, null, false, Duration.ZERO),
                answer,
                worker);
    }

    private Ended ended(int row, int attempt, Ending ending, @Nullable String answer, long worker) {
        var work = new Work(
                batch.task("p1", row),
                BatchRow.DAY,
                attempt,
                "p1",
                batch.id(),
                Work.Kind.ROWS,
                "acme",
                null,
                null,
                null,
                null);
        return new Ended(
                new Claimed(work, worker, 1, 0, 4, STARTED),
                ending,
                Call.without(STARTED, 200),
                STARTED.plusSeconds(1),
                answer);
    }

    /// `1 succeeded an answer`, and `late` where it does not count.
    private List<String> attempts(int row) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select format('%s %s %s%s', attempt, outcome, coalesce(answer, 'null'), case when late then ' late' end)
                        from attempt where task = ? order by attempt
                        """)
                .bind(0, batch.task("p1", row))
                .mapTo(String.class)
                .list());
    }
}
