package dev.rollcall.trigger.change;

import dev.rollcall.ledger.TaskState;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// The rows of batches, locked. Whoever cancels, revives or closes locks the batch first, and then looks with a
/// statement of its own: so it sees all that was committed by whoever had the lock before.
public final class BatchLocks {
    private BatchLocks() {}

    /// A batch that nobody else changes until the transaction ends.
    ///
    /// @param reviving what its tasks in this state are being made: pending
    public record Locked(
            long id,
            String organization,
            LocalDate day,
            @Nullable OffsetDateTime cancelledAt,
            @Nullable OffsetDateTime closedAt,
            @Nullable TaskState reviving) {
        /// Whether what is pending of it must not run.
        boolean toBeCancelled() {
            return cancelledAt != null && closedAt == null && reviving == null;
        }
    }

    /// Locks these batches, in the order of their ids.
    public static List<Locked> lock(Handle tx, Collection<Long> batches) {
        return tx.createQuery("""
                        select id, organization, day, cancelled_at, closed_at, reviving from batch
                        where id = any(:batches) order by id for update
                        """)
                .bindArray("batches", Long.class, batches)
                .map(ConstructorMapper.of(Locked.class))
                .list();
    }

    public static Locked lock(Handle tx, long batch) {
        return lock(tx, List.of(batch)).getFirst();
    }

    /// Locks a batch, unless somebody else is changing it.
    static Optional<Locked> lockIfFree(Handle tx, long batch) {
        return tx.createQuery("""
                        select id, organization, day, cancelled_at, closed_at, reviving from batch
                        where id = :batch for update skip locked
                        """)
                .bind("batch", batch)
                .map(ConstructorMapper.of(Locked.class))
                .findOne();
    }

    /// Changes columns of a batch that is locked.
    ///
    /// @param columns in SQL's words
    static void mark(Handle tx, long batch, String columns) {
        tx.createUpdate("update batch set " + columns + " where id = :batch")
                .bind("batch", batch)
                .execute();
    }

    static Standing standing(Handle tx, long batch) {
        return tx.createQuery("""
                        select b.cancelled_at is not null as cancelled, b.reviving, b.paused_at is not null as paused,
                               b.closed_at is not null as closed,
                               b.planned - coalesce(sum(t.succeeded + t.failed + t.cancelled), 0) as open,
                               coalesce(sum(t.failed), 0) as failed, coalesce(sum(t.cancelled), 0) as lost
                        from batch b left join lane l on l.batch = b.id left join tally t on t.lane = l.id
                        where b.id = :batch
                        group by b.id
                        """)
                .bind("batch", batch)
                .map(ConstructorMapper.of(Standing.class))
                .one();
    }

    /// The lanes of a batch that have tasks nobody has claimed, found by their counts.
    static List<TaskRange> lanesWithPending(Handle tx, long batch) {
        return tx.createQuery("""
                        select l.id, l.size
                        from lane l left join tally t on t.lane = l.id
                        where l.batch = :batch
                        group by l.id
                        having l.size > coalesce(sum(t.running + t.succeeded + t.failed + t.cancelled), 0)
                        order by l.id
                        """)
                .bind("batch", batch)
                .map((row, context) -> TaskRange.ofLane(row.getLong("id"), row.getInt("size")))
                .list();
    }

    /// The lanes of a batch that have cancelled tasks, found by their counts.
    static List<TaskRange> lanesWithCancelled(Handle tx, long batch) {
        return tx.createQuery("""
                        select l.id, l.size
                        from lane l join tally t on t.lane = l.id
                        where l.batch = :batch
                        group by l.id having sum(t.cancelled) > 0
                        order by l.id
                        """)
                .bind("batch", batch)
                .map((row, context) -> TaskRange.ofLane(row.getLong("id"), row.getInt("size")))
                .list();
    }

    /// All lanes of a batch.
    static List<TaskRange> lanes(Handle tx, long batch) {
        return tx.createQuery("select id, size from lane where batch = :batch order by id")
                .bind("batch", batch)
                .map((row, context) -> TaskRange.ofLane(row.getLong("id"), row.getInt("size")))
                .list();
    }
}
