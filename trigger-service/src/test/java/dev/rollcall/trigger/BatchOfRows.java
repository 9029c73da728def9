package dev.rollcall.trigger;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.TaskId;
import dev.rollcall.testing.Backends;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A batch of rows, written straight into the ledger. Its queues exist only in its lanes, so nobody is hinted.
///
/// @param lanes in the order of its queues q0, q1, ...
/// @param rows tasks of each lane
public record BatchOfRows(long id, List<Long> lanes, int rows) {
    public static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Jdbi OWNER = Ledger.over(Backends.adminDataSource());

    /// @param hinted how far the cursor of every lane is
    public static BatchOfRows of(String organization, int lanes, int rows, int hinted) {
        return OWNER.inTransaction(tx -> insert(tx, organization, lanes, rows, hinted));
    }

    private static BatchOfRows insert(Handle tx, String organization, int lanes, int rows, int hinted) {
        tx.execute("select open_day(?)", DAY);
        long id = tx.createQuery("""
                        insert into batch (kind, organization, organization_name, day, planned, template, columns, max_attempts)
                        values ('rows', :organization, :organization, :day, :planned, '{{a}}', '{a}', 3)
                        returning id
                        """)
                .bind("organization", organization)
                .bind("day", DAY)
                .bind("planned", lanes * rows)
                .mapTo(Long.class)
                .one();
        tx.execute(
                "insert into item (day, batch, n, cells) select ?, ?, n, array['x'] from generate_series(0, ? - 1) as n",
                DAY,
                id,
                rows);
        List<Long> ids = IntStream.range(0, lanes)
                .mapToObj(lane -> tx.createQuery("""
                                insert into lane (batch, organization, day, provider, size, next)
                                values (:batch, :organization, :day, :queue, :rows, :hinted) returning id
                                """)
                        .bind("batch", id)
                        .bind("organization", organization)
                        .bind("day", DAY)
                        .bind("queue", "q" + lane)
                        .bind("rows", rows)
                        .bind("hinted", hinted)
                        .mapTo(Long.class)
                        .one())
                .toList();
        tx.createUpdate("""
                        insert into task (day, id)
                        select :day, l.id << 24 | n
                        from lane l, generate_series(0, :rows - 1) as n where l.batch = :batch
                        """)
                .bind("day", DAY)
                .bind("rows", rows)
                .bind("batch", id)
                .execute();
        return new BatchOfRows(id, ids, rows);
    }

    public long task(int lane, int row) {
        return TaskId.of(lanes.get(lane), row).value();
    }
}
