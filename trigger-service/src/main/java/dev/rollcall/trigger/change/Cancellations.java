package dev.rollcall.trigger.change;

import dev.rollcall.trigger.change.BatchLocks.Locked;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// Cancelling: what is pending of a cancelled batch becomes cancelled, in portions, so that no lock is held for
/// long and a resume in between finds a batch it can resume. What runs is its worker's to abort.
public final class Cancellations {
    /// About half a second's work.
    private static final int PORTION = 50_000;
    /// The dispatcher waits for a sweep, so it does less at once.
    private static final int SWEPT = 10_000;
    /// Whoever asked for the cancel makes pending cancelled itself; the sweep does it when it died over that.
    private static final int ORPHANED_AFTER_SECONDS = 10;

    private Cancellations() {}

    /// What a statement cancelled.
    ///
    /// @param unstarted those that were in no call when the cancel was asked
    public record Cancelled(int tasks, int unstarted) {}

    /// Cancels what is pending of a batch whose `cancelled_at` is committed. Every portion is a transaction, and stops
    /// when the batch has been resumed meanwhile.
    static void finish(Jdbi jdbi, long batch) {
        List<TaskRange> pending = jdbi.withHandle(handle -> BatchLocks.lanesWithPending(handle, batch));
        for (List<TaskRange> portion : TaskRange.portions(pending, PORTION)) {
            boolean goOn = jdbi.inTransaction(tx -> {
                Locked locked = BatchLocks.lock(tx, batch);
                if (locked.toBeCancelled()) {
                    cancel(tx, locked, portion);
                }
                return locked.toBeCancelled();
            });
            if (!goOn) {
                return;
            }
        }
    }

    /// What need not wait for a caller: tasks that came back as pending to a batch or a job that is cancelled, and
    /// what a caller left undone. Does little at once, as the dispatcher waits for it.
    public static void sweep(Handle handle) {
        for (long batch : leftOvers(handle)) {
            handle.useTransaction(tx -> BatchLocks.lockIfFree(tx, batch)
                    .filter(Locked::toBeCancelled)
                    .ifPresent(locked -> sweep(tx, locked)));
        }
        Revivals.sweep(handle);
        JobCancellations.sweep(handle);
    }

    /// What comes back has a row in the side table of retries; only what a dead caller left must be looked for.
    private static void sweep(Handle tx, Locked batch) {
        cancelReturned(tx, batch);
        if (isOrphaned(tx, batch.id())) {
            List<TaskRange> lanes = BatchLocks.lanesWithPending(tx, batch.id());
            List<Long> left = tx.createQuery("""
                            select t.id
                            from unnest(:froms, :tos) as r (first, past)
                            join task t on t.day = :day and t.id >= r.first and t.id < r.past
                            where t.state = 'pending'
                            limit :most
                            """)
                    .bind("day", batch.day())
                    .bindArray("froms", Long.class, TaskRange.froms(lanes))
                    .bindArray("tos", Long.class, TaskRange.tos(lanes))
                    .bind("most", SWEPT)
                    .mapTo(Long.class)
                    .list();
            cancel(tx, batch, TaskRange.covering(left));
        }
    }

    /// Cancels what came back from a worker as pending.
    static void cancelReturned(Handle tx, Locked batch) {
        List<Long> returned = tx.createQuery("""
                        select r.task from lane l join retry r on r.lane = l.id where l.batch = :batch limit :most
                        """)
                .bind("batch", batch.id())
                .bind("most", SWEPT)
                .mapTo(Long.class)
                .list();
        cancel(tx, batch, TaskRange.covering(returned));
    }

    private static List<Long> leftOvers(Handle handle) {
        return handle.createQuery("""
                        select b.id from batch b
                        where b.closed_at is null and b.cancelled_at is not null and b.reviving is null
                          and b.planned > (select coalesce(sum(t.running + t.succeeded + t.failed + t.cancelled), 0)
                                           from lane l join tally t on t.lane = l.id
                                           where l.batch = b.id)
                        order by b.cancelled_at
                        limit 20
                        """).mapTo(Long.class).list();
    }

    private static boolean isOrphaned(Handle tx, long batch) {
        return tx.createQuery("""
                        select b.cancelled_at < clock_timestamp() - :grace * interval '1 second'
                               and b.planned > (select coalesce(sum(t.running + t.succeeded + t.failed + t.cancelled), 0)
                                                from lane l join tally t on t.lane = l.id
                                                where l.batch = b.id)
                        from batch b where b.id = :batch
                        """)
                .bind("batch", batch)
                .bind("grace", ORPHANED_AFTER_SECONDS)
                .mapTo(Boolean.class)
                .one();
    }

    private static void cancel(Handle tx, Locked batch, List<TaskRange> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        Cancelled cancelled = cancel(tx, batch.day(), tasks, batch.cancelledAt());
        tx.createUpdate("update batch set unstarted = unstarted + :unstarted where id = :batch")
                .bind("unstarted", cancelled.unstarted())
                .bind("batch", batch.id())
                .execute();
    }

    /// Cancels what is pending of these tasks. A claim that is quicker wins: then the task runs, and its worker
    /// aborts it.
    ///
    /// @param since when the cancel was asked: a task whose latest claim ended later was in a call then
    static Cancelled cancel(Handle tx, LocalDate day, List<TaskRange> tasks, @Nullable OffsetDateTime since) {
        return tx.createQuery("""
                        with cancelled as (
                            update task t
                            set state = 'cancelled', reason = 'cancelled'
                            from unnest(:froms, :tos) as r (first, past)
                            where t.day = :day and t.id >= r.first and t.id < r.past and t.state = 'pending'
                            returning t.id, t.attempt
                        ), undue as (
                            delete from retry r using cancelled c where r.task = c.id
                        ), counted as (
                            insert into tally (lane, writer, cancelled)
                            select id >> 24, 0, count(*) from cancelled group by 1 order by 1
                            on conflict on constraint tally_pk do update set cancelled = tally.cancelled + excluded.cancelled
                        )
                        select count(*) as tasks,
                               count(*) filter (where attempt = 0 or not exists (
                                   select from attempt a
                                   where a.day = :day and a.task = c.id and a.attempt = c.attempt and a.ended_at >= :since))
                                   as unstarted
                        from cancelled c
                        """)
                .bind("day", day)
                .bindArray("froms", Long.class, TaskRange.froms(tasks))
                .bindArray("tos", Long.class, TaskRange.tos(tasks))
                .bind("since", since)
                .map(ConstructorMapper.of(Cancelled.class))
                .one();
    }
}
