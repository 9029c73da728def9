package dev.rollcall.trigger.dispatch;

import static java.util.stream.Collectors.partitioningBy;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.trigger.change.Revivals;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// The cursors of dispatch and the side table of retries. Every method runs on the connection that holds the
/// dispatcher's lock, so a dispatcher that lost the lock cannot move a cursor.
final class Lanes {
    /// Longer than the dispatcher ever waits for Kafka.
    private static final String FROZEN_AFTER = "60s";

    private Lanes() {}

    /// To be called before anything else on a connection: plans are kept, and what is empty at night is large a minute
    /// after, so none may read a whole table (ADR 18). And a process that is frozen while it holds the dispatcher's
    /// lock would keep it, as its system goes on answering TCP.
    static void enter(Handle handle) {
        handle.execute("set enable_seqscan = off");
        handle.execute("set idle_session_timeout = '%s'".formatted(FROZEN_AFTER));
        handle.execute("set idle_in_transaction_session_timeout = '%s'".formatted(FROZEN_AFTER));
    }

    /// To be called before the connection goes back to its pool.
    static void leave(Handle handle) {
        handle.execute("reset enable_seqscan");
        handle.execute("reset idle_session_timeout");
        handle.execute("reset idle_in_transaction_session_timeout");
    }

    /// A task of the side table of retries. `attempt` tells this entry from a later one of the same task, and
    /// `notBefore` from what was made of it since, such as by a leaving worker who hands its hint back.
    public record Due(long lane, long task, int attempt, Instant notBefore) {
        /// Of a task that was never claimed.
        static Due fresh(long task, Instant notBefore) {
            return new Due(TaskId.laneOf(task), task, 0, notBefore);
        }
    }

    /// How far one lane's cursor is to move; a lane that grew meanwhile, as a lane of jobs does, keeps its own.
    record Step(long lane, int from, int to) {
        /// The lane had a turn, its cursor stays.
        static Step none(long lane) {
            return new Step(lane, 0, 0);
        }

        boolean moves() {
            return from != to;
        }
    }

    /// All queues.
    static List<Room> rooms(Handle handle) {
        return handle.createQuery("""
                        with counted as (
                            select l.id, sum(t.running) as running, sum(t.waiting) as waiting,
                                   sum(t.succeeded + t.failed + t.cancelled) as ended
                            from lane l
                            join batch b on b.id = l.batch
                            join tally t on t.lane = l.id
                            where b.closed_at is null
                            group by l.id
                        ), open_queue as (
                            select l.provider,
                                   -- a cancelled lane's tasks have ended without being hinted: only what still runs counts
                                   sum(case when b.cancelled_at is null
                                            then l.next - coalesce(c.ended, 0) - coalesce(c.waiting, 0)
                                            else coalesce(c.running, 0) end) as outstanding,
                                   sum(coalesce(c.running, 0)) as running,
                                   sum(coalesce(c.ended, 0)) as ended,
                                   sum(case when b.cancelled_at is null and b.paused_at is null
                                            then l.size - l.next + coalesce(c.waiting, 0)
                                            else 0 end) as waiting
                            from lane l
                            join batch b on b.id = l.batch
                            left join counted c on c.id = l.id
                            where b.closed_at is null
                            group by l.provider
                        )
                        select q.name as queue, q.concurrency, o.provider is not null as open,
                               coalesce(o.outstanding, 0) as outstanding, coalesce(o.running, 0) as running,
                               coalesce(o.ended, 0) as ended, coalesce(o.waiting, 0) as waiting,
                               s.paused_at is not null as paused, s.per_tick, s.tick_ms, s.delay_ms
                        from queue q
                        left join open_queue o on o.provider = q.name
                        left join queue_setting s on s.queue = q.name
                        """).map(ConstructorMapper.of(Room.class)).list();
    }

    /// The lanes of these queues that have something to hint.
    static List<Source> sources(Handle handle, List<String> queues) {
        return handle.createQuery("""
                        select l.id as lane, l.batch, l.day, l.provider, b.organization, b.priority, l.next,
                               l.size - l.next as fresh, due.n as due, due.pressed, l.dispatched_at,
                               bound.slots, bound.fresh_slots
                        from lane l
                        join batch b on b.id = l.batch
                        cross join lateral (
                            -- no more than could go out; what is pressed comes first
                            select count(*)::integer as n, (count(*) filter (where first.not_before = '-infinity'))::integer as pressed
                            from (select r.not_before from retry r
                                  where r.lane = l.id and r.not_before <= statement_timestamp()
                                  order by r.not_before limit :most) as first
                        ) as due
                        left join lateral (
                            -- a task holds its slot until it is final, also while it waits to be tried again
                            select b.concurrency - sum(a.next - e.ended - e.waiting) as slots,
                                   b.concurrency - sum(a.next - e.ended) as fresh_slots
                            from lane a
                            cross join lateral (select coalesce(sum(t.succeeded + t.failed + t.cancelled), 0) as ended,
                                                       coalesce(sum(t.waiting), 0) as waiting
                                                from tally t where t.lane = a.id) as e
                            where a.batch = b.id
                        ) as bound on b.concurrency is not null
                        where b.closed_at is null and b.cancelled_at is null and b.paused_at is null
                          and l.provider = any(:queues) and (l.next < l.size or due.n > 0)
                        """)
                .bindArray("queues", String.class, queues)
                .bind("most", Room.MOST_AHEAD)
                .map(ConstructorMapper.of(Source.class))
                .list();
    }

    /// The first `counts[i]` due tasks of `lanes[i]`.
    static List<Due> due(Handle handle, List<Long> lanes, List<Integer> counts) {
        return handle.createQuery("""
                        select wanted.lane, r.task, r.attempt, greatest(r.not_before, 'epoch') as not_before
                        from unnest(:lanes, :counts) as wanted (lane, n)
                        cross join lateral (
                            select task, attempt, not_before from retry
                            where lane = wanted.lane and not_before <= statement_timestamp()
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
        Map<Boolean, List<Step>> moving = steps.stream().collect(partitioningBy(Step::moves));
        List<Step> moved = moving.getOrDefault(true, List.of());
        List<Step> stayed = moving.getOrDefault(false, List.of());
        handle.createUpdate("""
                        with served as (
                            delete from retry r
                            using (
                                select entry.place
                                from unnest(:tasks, :attempts, :notBefores) as d (task, attempt, not_before)
                                cross join lateral (
                                    -- the offset keeps the planner from joining: it may have planned for an empty table (ADR 18)
                                    select ctid as place, not_before from retry
                                    where task = d.task and attempt = d.attempt offset 0
                                ) as entry
                                where entry.not_before <= d.not_before
                            ) as found
                            where r.ctid = found.place
                        ), moved as (
                            update lane l
                            set next = case l.next when s.origin then s.target else l.next end,
                                dispatched_at = clock_timestamp()
                            from unnest(:moved, :from, :to) as s (lane, origin, target)
                            where l.id = s.lane
                        ), stayed as (
                            -- whoever appends to one in this moment is not waited for: he asks for another turn
                            select id from lane where id = any(:stayed) order by id for no key update skip locked
                        )
                        update lane l set dispatched_at = clock_timestamp() from stayed where l.id = stayed.id
                        """)
                .bindArray("tasks", Long.class, due.stream().map(Due::task).toList())
                .bindArray(
                        "attempts",
                        Integer.class,
                        due.stream().map(Due::attempt).toList())
                .bindArray(
                        "notBefores",
                        OffsetDateTime.class,
                        due.stream()
                                .map(entry -> entry.notBefore().atOffset(ZoneOffset.UTC))
                                .toList())
                .bindArray("moved", Long.class, moved.stream().map(Step::lane).toList())
                .bindArray("from", Integer.class, moved.stream().map(Step::from).toList())
                .bindArray("to", Integer.class, moved.stream().map(Step::to).toList())
                .bindArray("stayed", Long.class, stayed.stream().map(Step::lane).toList())
                .execute();
    }

    /// How long the oldest task has waited to be hinted, in seconds: since its batch was opened, or since it was due
    /// again.
    static double oldestWaiting(Handle handle) {
        return handle.createQuery("""
                        select coalesce(extract(epoch from clock_timestamp() - min(since)), 0)
                        from (select least(case when l.next < l.size then b.opened_at end,
                                           (select min(r.not_before) from retry r
                                            where r.lane = l.id and r.not_before > '-infinity'
                                              and r.not_before <= statement_timestamp())) as since
                              from lane l join batch b on b.id = l.batch
                              where b.closed_at is null and b.cancelled_at is null and b.paused_at is null) as waiting
                        """).mapTo(Double.class).one();
    }

    /// Closes the batches and then the runs whose rows are all final.
    ///
    /// @return what was closed by this call
    static Closed close(Handle handle) {
        return handle.inTransaction(tx -> {
            // Locked first, and looked at again with a snapshot of its own: whoever appended to one, or made its tasks
            // pending again, had the lock before.
            List<Long> complete = tx.createQuery("""
                            select b.id from batch b
                            where b.closed_at is null and b.reviving is null
                              and b.planned = (select sum(t.succeeded + t.failed + t.cancelled)
                                               from lane l join tally t on t.lane = l.id
                                               where l.batch = b.id)
                            for update skip locked
                            """).mapTo(Long.class).list();
            Revivals.mark(tx, complete);
            List<Long> batches = tx.createQuery("""
                            with closed as (
                                update batch b set closed_at = clock_timestamp()
                                where b.closed_at is null and b.reviving is null and b.id = any(:complete)
                                  and b.planned = (select sum(t.succeeded + t.failed + t.cancelled)
                                                   from lane l join tally t on t.lane = l.id
                                                   where l.batch = b.id)
                                returning b.id, b.kind
                            ), undue as (
                                -- a task may have ended by its first hint while it waited for a second one
                                delete from retry r using lane l, closed c where r.lane = l.id and l.batch = c.id
                            )
                            select id from closed where kind = 'rows'
                            """)
                    .bindArray("complete", Long.class, complete)
                    .mapTo(Long.class)
                    .list();
            List<ClosedRun> runs = tx.createQuery("""
                            update run r set closed_at = clock_timestamp()
                            where r.closed_at is null
                              and not exists (select from batch b where b.run = r.id and b.closed_at is null)
                            returning id, key
                            """)
                    .map(ConstructorMapper.of(ClosedRun.class))
                    .list();
            return new Closed(batches, runs);
        });
    }

    /// What has just become final.
    ///
    /// @param batches those of rows; a night's are told by their run, and jobs one by one
    record Closed(List<Long> batches, List<ClosedRun> runs) {}

    /// A run that has just become final.
    public record ClosedRun(long id, String key) {}
}
