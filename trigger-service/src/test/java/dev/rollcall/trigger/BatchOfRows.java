package dev.rollcall.trigger;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.BatchRow.LaneId;
import dev.rollcall.testing.LedgerFixture;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/// A batch of rows whose queues exist only in its lanes, so nobody is hinted: three attempts a task.
///
/// @param lanes in the order of its queues q0, q1, ...
/// @param rows tasks of each lane
public record BatchOfRows(long id, List<Long> lanes, int rows) {
    public static final LocalDate DAY = BatchRow.DAY;
    private static final LedgerFixture LEDGER = new LedgerFixture(Backends.adminDataSource());

    /// @param hinted how far the cursor of every lane is
    public static BatchOfRows of(String organization, int lanes, int rows, int hinted) {
        String[] queues = IntStream.range(0, lanes).mapToObj(lane -> "q" + lane).toArray(String[]::new);
        BatchRow batch =
                LEDGER.rows(organization, queues).set("max_attempts", "3").rows(rows);
        for (String queue : queues) {
            batch.hinted(queue, hinted);
        }
        return new BatchOfRows(
                batch.id(), batch.lanes().stream().map(LaneId::id).toList(), rows);
    }

    public long task(int lane, int row) {
        return TaskId.of(lanes.get(lane), row).value();
    }
}
