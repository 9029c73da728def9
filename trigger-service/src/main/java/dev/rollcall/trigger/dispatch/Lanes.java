package dev.rollcall.trigger.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// The cursors of dispatch and the side table of retries. Every method runs on the connection that holds the
/// dispatcher's lock, so a dispatcher that lost the lock cannot move a cursor.
final class Lanes {
    private Lanes() {}

    /// A task of the side table of retries. `attempt` tells this entry from a later one of the same task.
    public record Due(long lane, long task, int attempt) {}

    /// How far one lane's cursor is to move.
    record Step(long lane, int from, int to) {}

    /// The providers with open work.
    static List<Room> rooms(Handle handle) {
        return handle.createQuery("""
                        with open_lane as (
                            select l.id, l.provider, l.next
                            from lane l join batch b on b.id = l.batch
                            where b.closed_at is null
                        ), hinted as (
                            select provider, sum(next) as n from open_lane group by provider
                        ), ended as (
                            select l.provider, sum(t.succeeded + t.failed + t.cancelled) as n
                            from open_lane l join tally t on t.lane = l.id
                            group by l.provider
                        ), waiting as (
                            select l.provider, count(*) as n
                            from open_lane l join retry r on r.lane = l.id
                            group by l.provider
                        )
                        select p.id as provider, p.concurrency,
                               hinted.n - coalesce(ended.n, 0) - coalesce(waiting.n, 0) as outstanding,
                               coalesce(ended.n, 0) as ended
                        from hinted
                        join provider p on p.id = hinted.provider
                        left join ended on ended.provider = p.id
                        left join waiting on waiting.provider = p.id
                        """).map(ConstructorMapper.of(Room.class)).list();
    }

    /// The lanes of these providers that have something to hint.
    static List<Source> sources(Handle handle, List<String> providers) {
        return handle.createQuery("""
                        select l.id as lane, l.day, l.provider, b.organization, b.priority, l.next,
                               l.size - l.next as fresh, due.n as due, l.dispatched_at
                        from lane l
                        join batch b on b.id = l.batch
                        cross join lateral (
                            select count(*)::integer as n
                            from retry r where r.lane = l.id and r.not_before <= clock_timestamp()
                        ) as due
                        where b.closed_at is null and b.cancelled_at is null
                          and l.provider = any(:providers) and (l.next < l.size or due.n > 0)
                        """)
                .bindArray("providers", String.class, providers)
                .map(ConstructorMapper.of(Source.class))
                .list();
    }

    /// The first `counts[i]` due tasks of `lanes[i]`.
    static List<Due> due(Handle handle, List<Long> lanes, List<Integer> counts) {
        return handle.createQuery("""
                        select wanted.lane, r.task, r.attempt
                        from unnest(:lanes, :counts) as wanted (lane, n)
                        cross join lateral (
                            select task, attempt from retry
                            where lane = wanted.lane and not_before <= clock_timestamp()
                            order by not_before, task
                            limit wanted.n
                        ) as r
                        """)
                .bindArray("lanes", Long.class, lanes)
                .bindArray("counts", Integer.class, counts)
                .map(ConstructorMapper.of(Due.class))
                .list();
    }

    /// Moves the cursors and drops the retries whose hints the broker has acknowledged.
    static void dispatched(Handle handle, List<Step> steps, List<Due> due) {
        handle.useTransaction(tx -> {
            tx.createUpdate("""
                            update lane l
                            set next = s.target, dispatched_at = clock_timestamp()
                            from unnest(:lanes, :from, :to) as s (lane, origin, target)
                            where l.id = s.lane and l.next = s.origin
                            """)
                    .bindArray(
                            "lanes", Long.class, steps.stream().map(Step::lane).toList())
                    .bindArray(
                            "from",
                            Integer.class,
                            steps.stream().map(Step::from).toList())
                    .bindArray("to", Integer.class, steps.stream().map(Step::to).toList())
                    .execute();
            if (due.isEmpty()) {
                return;
            }
            tx.createUpdate("""
                            delete from retry r
                            using unnest(:tasks, :attempts) as d (task, attempt)
                            where r.task = d.task and r.attempt = d.attempt
                            """)
                    .bindArray("tasks", Long.class, due.stream().map(Due::task).toList())
                    .bindArray(
                            "attempts",
                            Integer.class,
                            due.stream().map(Due::attempt).toList())
                    .execute();
        });
    }

    /// How long the oldest task has waited to be hinted, in seconds: since its batch was opened, or since it was due
    /// again.
    static double oldestWaiting(Handle handle) {
        return handle.createQuery("""
                        select coalesce(extract(epoch from clock_timestamp() - min(since)), 0)
                        from (select min(b.opened_at) as since
                              from lane l join batch b on b.id = l.batch
                              where b.closed_at is null and b.cancelled_at is null and l.next < l.size
                              union all
                              select min(not_before) from retry
                              where not_before <= clock_timestamp() and isfinite(not_before)) as waiting
                        """).mapTo(Double.class).one();
    }

    /// Closes the batches and then the runs whose rows are all final.
    ///
    /// @return the runs closed by this call
    static List<ClosedRun> close(Handle handle) {
        return handle.inTransaction(tx -> {
            // Locked first, and looked at again with a snapshot of its own: whoever appended to one, or made its tasks
            // pending again, had the lock before.
            List<Long> complete = tx.createQuery("""
                            select b.id from batch b
                            where b.closed_at is null
                              and b.planned = (select sum(t.succeeded + t.failed + t.cancelled)
                                               from lane l join tally t on t.lane = l.id
                                               where l.batch = b.id)
                            for update skip locked
                            """).mapTo(Long.class).list();
            tx.createUpdate("""
                            with closed as (
                                update batch b set closed_at = clock_timestamp()
                                where b.closed_at is null and b.id = any(:complete)
                                  and b.planned = (select sum(t.succeeded + t.failed + t.cancelled)
                                                   from lane l join tally t on t.lane = l.id
                                                   where l.batch = b.id)
                                returning b.id
                            )
                            -- a task may have ended by its first hint while it waited for a second one
                            delete from retry r using lane l, closed c where r.lane = l.id and l.batch = c.id
                            """).bindArray("complete", Long.class, complete).execute();
            return new ArrayList<>(tx.createQuery("""
                            update run r set closed_at = clock_timestamp()
                            where r.closed_at is null
                              and not exists (select from batch b where b.run = r.id and b.closed_at is null)
                            returning id, key
                            """)
                    .map(ConstructorMapper.of(ClosedRun.class))
                    .list());
        });
    }

    /// A run that has just become final.
    public record ClosedRun(long id, String key) {}
}
