package dev.rollcall.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/// A claim costs the same for each of its tasks, however many lanes their queue has.
class ClaimCostTest {
    private static final int LANES = 40;
    private static final int ROWS = 250;
    private static final int AT_ONCE = 1000;
    private static final long WORKER = 9;
    private static final Offsets.Receipt RECEIPT =
            new Offsets().received(new ConsumerRecord<>("tasks", 0, 0, "q", "q"), 1);

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource()).clean();

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void tenThousandClaimsTakeASecondOfPostgresAtMost(String plans) throws SQLException {
        List<Hint> hints = hints();
        Jdbi jdbi = Ledger.over(Backends.adminDataSource());
        Claims claims = new Claims(jdbi);
        // within it, claims are made on its connection
        jdbi.useHandle(handle -> {
            handle.execute("set plan_cache_mode = " + plans);
            handle.execute("set enable_seqscan = off"); // as the worker does
            long pid = handle.getConnection().unwrap(PGConnection.class).getBackendPID();
            int claimed = claims.claim(WORKER, BatchRow.DAY, hints.subList(0, AT_ONCE))
                    .size();
            manyWait(handle);
            Duration before = cpu(pid);
            for (int from = AT_ONCE; from < hints.size(); from += AT_ONCE) {
                claimed += claims.claim(WORKER, BatchRow.DAY, hints.subList(from, from + AT_ONCE))
                        .size();
            }
            Duration took = cpu(pid).minus(before);
            System.out.printf(
                    "MEASURED %d claims with %s: %d ms of PostgreSQL's CPU%n",
                    claimed - AT_ONCE, plans, took.toMillis());
            assertThat(claimed).isEqualTo(LANES * ROWS);
            assertThat(took).isLessThan(Duration.ofSeconds(1));
            assertThat(took).isPositive();
        });
    }

    /// Of a queue that has lanes of many organizations and days, shuffled as topics do.
    private List<Hint> hints() throws SQLException {
        List<Hint> hints = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            BatchRow batch = ledger.rows("acme", "q").rows(ROWS).hinted("q", ROWS);
            for (int row = 0; row < ROWS; row++) {
                hints.add(new Hint(BatchRow.DAY, "q", batch.task("q", row), RECEIPT));
            }
        }
        try (Connection owner = Backends.ownerConnection();
                var statement = owner.createStatement()) {
            statement.execute("insert into worker (id, name, pool, lease_until) overriding system value "
                    + "values (%d, 'w', 'p', 'infinity') on conflict do nothing".formatted(WORKER));
            statement.execute("analyze");
        }
        Collections.shuffle(hints, new Random(3));
        return hints;
    }

    /// Others' tasks fill the side table when a plan for it, empty, is made already.
    private static void manyWait(Handle handle) {
        handle.execute("""
                insert into retry (task, day, lane, attempt, not_before)
                select -n, ?, -1, 1, clock_timestamp() + interval '1 hour' from generate_series(1, 50000) n
                """, BatchRow.DAY);
    }

    private static Duration cpu(long process) {
        return ProcessHandle.of(process)
                .flatMap(p -> p.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
