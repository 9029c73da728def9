package dev.rollcall.trigger.change;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.trigger.change.BatchLocks.Locked;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// Final tasks that become pending again: a resume, a retry, a repair.
///
/// A batch's are revived in portions, so that no lock is held for long. Until the last of them has been, the batch is
/// to everybody else what it was (cancelled, closed), and `batch.reviving` tells what is under way: a cancel in
/// between ends it, and when whoever asked dies over it, the dispatcher goes on.
public final class Revivals {
    /// About half a second's work.
    private static final int PORTION = 50_000;
    /// The dispatcher waits for a sweep, so it does less at once.
    private static final int SWEPT = 10_000;

    private Revivals() {}

    /// What a statement revived.
    ///
    /// @param unstarted those that were in no call when their cancel was asked
    public record Revived(int tasks, int unstarted) {}

    /// Makes pending what is in one of these states, with a fresh budget: every claim so far is spared, the fence
    /// goes on rising. What the cursor of dispatch has passed is due at once, the rest it will find.
    ///
    /// The batches must be locked ([BatchLocks]), and the caller opens again what was closed.
    ///
    /// @param day the day all of them belong to
    /// @param from `FAILED`, `CANCELLED` or both
    /// @return how many tasks
    public static int revive(Handle tx, LocalDate day, List<TaskRange> tasks, TaskState... from) {
        return TaskRange.portions(tasks, PORTION).stream()
                .mapToInt(portion -> revive(tx, day, portion, null, from).tasks())
                .sum();
    }

    /// Revives what `batch.reviving` names, which is committed. Every portion is a transaction; stops when somebody
    /// else has ended it.
    static void finish(Jdbi jdbi, long batch) {
        List<TaskRange> lanes = jdbi.withHandle(handle -> BatchLocks.lanes(handle, batch));
        for (List<TaskRange> portion : TaskRange.portions(lanes, PORTION)) {
            boolean goOn = jdbi.inTransaction(tx -> {
                Locked locked = BatchLocks.lock(tx, batch);
                revive(tx, locked, portion);
                return locked.reviving() != null;
            });
            if (!goOn) {
                return;
            }
        }
        jdbi.useTransaction(tx -> end(tx, BatchLocks.lock(tx, batch)));
    }

    /// Of these batches, all of whose tasks are final, those that are to be revived and not closed: a worker's abort
    /// made something cancelled when the batch had just been resumed.
    public static void mark(Handle tx, List<Long> complete) {
        tx.createUpdate("""
                        update batch b set reviving = 'cancelled'
                        where b.id = any(:complete) and b.closed_at is null and b.cancelled_at is null and b.kind <> 'jobs'
                          and exists (select from lane l join tally t on t.lane = l.id
                                      where l.batch = b.id group by l.id having sum(t.cancelled) > 0)
                        """).bindArray("complete", Long.class, complete).execute();
    }

    /// Goes on with what a caller left undone, a little at a time.
    static void sweep(Handle handle) {
        handle.createQuery("select id from batch where reviving is not null order by id")
                .mapTo(Long.class)
                .list()
                .forEach(batch -> handle.useTransaction(
                        tx -> BatchLocks.lockIfFree(tx, batch).ifPresent(locked -> sweep(tx, locked))));
    }

    private static void sweep(Handle tx, Locked batch) {
        if (batch.reviving() == null) {
            return;
        }
        List<TaskRange> lanes = BatchLocks.lanes(tx, batch.id());
        List<Long> left = tx.createQuery("""
                        select t.id
                        from unnest(:froms, :tos) as r (first, past)
                        join task t on t.day = :day and t.id >= r.first and t.id < r.past
                        where t.state = :state
                        limit :most
                        """)
                .bind("day", batch.day())
                .bindArray("froms", Long.class, TaskRange.froms(lanes))
                .bindArray("tos", Long.class, TaskRange.tos(lanes))
                .bind("state", batch.reviving().code())
                .bind("most", SWEPT)
                .mapTo(Long.class)
                .list();
        revive(tx, batch, TaskRange.covering(left));
        if (left.size() < SWEPT) {
            end(tx, batch);
        }
    }

    private static void revive(Handle tx, Locked batch, List<TaskRange> tasks) {
        if (batch.reviving() == null || tasks.isEmpty()) {
            return;
        }
        Revived revived = revive(tx, batch.day(), tasks, batch.cancelledAt(), batch.reviving());
        tx.createUpdate("update batch set unstarted = unstarted - :unstarted where id = :batch")
                .bind("unstarted", revived.unstarted())
                .bind("batch", batch.id())
                .execute();
    }

    /// Opens the batch, when nothing is left that was meant: a worker may have aborted something meanwhile.
    private static void end(Handle tx, Locked batch) {
        if (batch.reviving() == TaskState.CANCELLED) {
            revive(tx, batch, BatchLocks.lanesWithCancelled(tx, batch.id()));
            BatchLocks.mark(tx, batch.id(), "reviving = null, cancelled_at = null, closed_at = null, unstarted = 0");
        } else if (batch.reviving() != null) {
            BatchLocks.mark(tx, batch.id(), "reviving = null, closed_at = null");
        }
    }

    /// @param since when the cancel was asked that is taken back, if any
    private static Revived revive(
            Handle tx, LocalDate day, List<TaskRange> tasks, @Nullable OffsetDateTime since, TaskState... from) {
        return tx.createQuery("""
                        with wanted as (
                            select t.id, t.state, t.reason
                            from unnest(:froms, :tos) as r (first, past)
                            join task t on t.day = :day and t.id >= r.first and t.id < r.past
                            where t.state = any(:states)
                        ), again as (
                            -- whoever else changes a final task would have to hold the lock on its batch
                            update task t
                            set state = 'pending', reason = null, spared = t.attempt
                            from wanted w
                            where t.day = :day and t.id = w.id and t.state = w.state
                            returning t.id, t.id >> 24 as lane, t.attempt, w.state as was, w.reason
                        ), due as (
                            insert into retry (task, day, lane, attempt, not_before)
                            select a.id, :day, a.lane, a.attempt, now()
                            from again a join lane l on l.id = a.lane
                            where (a.id & 16777215) < l.next
                            on conflict on constraint retry_pk do nothing
                        ), counted as (
                            insert into tally (lane, writer, failed, cancelled)
                            select lane, 0, -count(*) filter (where was = 'failed'), -count(*) filter (where was = 'cancelled')
                            from again group by lane order by lane
                            on conflict on constraint tally_pk
                            do update set failed = tally.failed + excluded.failed,
                                          cancelled = tally.cancelled + excluded.cancelled
                        ), forgiven as (
                            insert into failure (lane, writer, reason, tasks)
                            select lane, 0, reason, -count(*) from again where was = 'failed'
                            group by lane, reason order by lane, reason
                            on conflict on constraint failure_pk do update set tasks = failure.tasks + excluded.tasks
                        )
                        select count(*) as tasks,
                               count(*) filter (where was = 'cancelled' and (attempt = 0 or not exists (
                                   select from attempt a
                                   where a.day = :day and a.task = again.id and a.attempt = again.attempt
                                     and a.ended_at >= :since))) as unstarted
                        from again
                        """)
                .bind("day", day)
                .bindArray("froms", Long.class, TaskRange.froms(tasks))
                .bindArray("tos", Long.class, TaskRange.tos(tasks))
                .bindArray(
                        "states",
                        String.class,
                        Arrays.stream(from).map(TaskState::code).toList())
                .bind("since", since)
                .map(ConstructorMapper.of(Revived.class))
                .one();
    }

    /// Makes due what is pending in these lanes although it was hinted: its hint met a batch that was cancelled,
    /// and was dropped.
    static void remind(Handle tx, LocalDate day, List<TaskRange> lanes) {
        tx.createUpdate("""
                        insert into retry (task, day, lane, attempt, not_before)
                        select t.id, :day, l.id, t.attempt, now()
                        from unnest(:froms) as r (first)
                        join lane l on l.id = r.first >> 24
                        join task t on t.day = :day and t.id >= r.first and t.id < r.first + l.next
                        where t.state = 'pending' and not exists (select from retry where task = t.id)
                        on conflict on constraint retry_pk do nothing
                        """)
                .bind("day", day)
                .bindArray("froms", Long.class, TaskRange.froms(lanes))
                .execute();
    }
}
