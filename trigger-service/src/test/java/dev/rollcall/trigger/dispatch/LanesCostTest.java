package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.QuietDispatcher;
import dev.rollcall.trigger.dispatch.Lanes.Due;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/// A pass costs the same for each of its tasks, however many wait in the side table, and however few did when the
/// dispatcher's connection was new.
class LanesCostTest {
    private static final int WAITING = 20_000;
    private static final int SERVED = 50;
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    /// After five uses the driver has a statement prepared, after five more PostgreSQL may keep its plan.
    private static final int USES = 12;

    @Test
    void servingReadsNothingButWhatIsServed() {
        try (QuietDispatcher _ = new QuietDispatcher();
                Handle handle = Ledger.over(Backends.adminDataSource()).open()) {
            new LedgerFixture(Backends.adminDataSource()).clean();
            Lanes.enter(handle);
            // small, and known to be: reading all of it costs the planner the least
            wait(handle, 1, 100);
            handle.execute("vacuum analyze retry");
            for (int use = 0; use < USES; use++) {
                Lanes.dispatched(handle, List.of(), due(1));
            }
            wait(handle, WAITING, WAITING);
            handle.useTransaction(tx -> {
                Lanes.dispatched(tx, List.of(), due(WAITING));
                assertThat(readRows(tx)).isBetween((long) SERVED, 3L * SERVED);
            });
            assertThat(handle.createQuery("select count(*) from retry")
                            .mapTo(Integer.class)
                            .one())
                    .isEqualTo(WAITING + 100 - 2 * SERVED);
        }
    }

    private static void wait(Handle handle, long first, int count) {
        handle.execute(
                "insert into retry (task, day, lane, attempt, not_before)"
                        + " select ? + n, date '2026-11-21', 1, 1, now() from generate_series(0, ? - 1) as n",
                first,
                count);
    }

    private static List<Due> due(long first) {
        return LongStream.range(first, first + SERVED)
                .mapToObj(task -> new Due(1, task, 1, LATER))
                .toList();
    }

    private static long readRows(Handle tx) {
        return tx.createQuery(
                        "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'retry'")
                .mapTo(Long.class)
                .one();
    }
}
