package dev.rollcall.trigger.change;

import dev.rollcall.ledger.TaskState;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Final tasks that become pending again: a resume, a retry, a repair.
public final class Revivals {
    /// Tasks a statement: a million in one can take longer than a connection waits for an answer.
    private static final int PORTION = 50_000;

    private Revivals() {}

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
                .mapToInt(portion -> revivePortion(tx, day, portion, from))
                .sum();
    }

    private static int revivePortion(Handle tx, LocalDate day, List<TaskRange> tasks, TaskState... from) {
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
                        select count(*) from again
                        """)
                .bind("day", day)
                .bindArray("froms", Long.class, TaskRange.froms(tasks))
                .bindArray("tos", Long.class, TaskRange.tos(tasks))
                .bindArray(
                        "states",
                        String.class,
                        Arrays.stream(from).map(TaskState::code).toList())
                .mapTo(Integer.class)
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
