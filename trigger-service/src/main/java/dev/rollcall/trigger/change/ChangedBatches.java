package dev.rollcall.trigger.change;

import dev.rollcall.trigger.change.ChangedBatch.Counts;
import dev.rollcall.trigger.change.ChangedBatch.Receipt;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Reads the batches of rows that a caller may see.
final class ChangedBatches {
    private ChangedBatches() {}

    /// A batch and the sums over its lanes.
    public record Row(
            long id,
            long planned,
            long unstarted,
            boolean closed,
            boolean cancelled,
            boolean paused,
            boolean begun,
            long running,
            long succeeded,
            long failed,
            long stopped) {

        ChangedBatch answer() {
            Counts counts =
                    new Counts(planned - running - succeeded - failed - stopped, running, succeeded, failed, stopped);
            Receipt receipt = new Receipt(unstarted, stopped - unstarted, succeeded + failed, running);
            return new ChangedBatch(Long.toString(id), status(), counts, cancelled ? receipt : null);
        }

        private String status() {
            if (closed) {
                return cancelled ? "cancelled" : failed == planned ? "failed" : "completed";
            }
            if (cancelled) {
                return "cancelling";
            }
            return paused ? "paused" : begun ? "processing" : "pending";
        }
    }

    static Optional<ChangedBatch> find(Handle reading, long batch) {
        return reading.createQuery("""
                        select b.id, b.planned, b.unstarted, b.closed_at is not null as closed,
                               b.cancelled_at is not null as cancelled, b.paused_at is not null as paused,
                               exists (select from lane where batch = b.id and next > 0) as begun,
                               coalesce(sum(t.running), 0) as running, coalesce(sum(t.succeeded), 0) as succeeded,
                               coalesce(sum(t.failed), 0) as failed, coalesce(sum(t.cancelled), 0) as stopped
                        from batch b left join lane l on l.batch = b.id left join tally t on t.lane = l.id
                        where b.id = :batch and b.kind = 'rows'
                        group by b.id
                        """)
                .bind("batch", batch)
                .map(ConstructorMapper.of(Row.class))
                .findOne()
                .map(Row::answer);
    }
}
