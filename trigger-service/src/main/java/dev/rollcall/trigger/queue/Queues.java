package dev.rollcall.trigger.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// Queues and what operators say of them, in the ledger.
final class Queues {
    private Queues() {}

    /// What the ledger knows of a queue.
    public record Row(
            String name,
            String type,
            int concurrency,
            @Nullable Instant pausedAt,
            @Nullable Integer perTick,
            @Nullable Integer tickMs,
            @Nullable Integer delayMs,
            long waiting,
            long running,
            @Nullable Double oldestWaitingSeconds) {}

    /// All queues, with the open work that the handle's role may see.
    ///
    /// @param name only this one; null for all
    static List<Row> list(Handle handle, @Nullable String name) {
        return handle.createQuery("""
                        with open_lane as (
                            select l.id, l.provider, l.size, l.next, b.opened_at, c.running, c.ended, r.due_since
                            from lane l
                            join batch b on b.id = l.batch
                            cross join lateral (
                                select coalesce(sum(t.running), 0) as running,
                                       coalesce(sum(t.succeeded + t.failed + t.cancelled), 0) as ended
                                from tally t where t.lane = l.id
                            ) as c
                            cross join lateral (
                                select min(r.not_before) as due_since from retry r
                                where r.lane = l.id and r.not_before <= statement_timestamp() and r.not_before > '-infinity'
                            ) as r
                            where b.closed_at is null
                        ), counted as (
                            select provider, sum(size - running - ended) as waiting, sum(running) as running,
                                   min(least(due_since, case when next < size then opened_at end)) as since
                            from open_lane group by provider
                        )
                        select q.name, q.type, q.concurrency, s.paused_at, s.per_tick, s.tick_ms, s.delay_ms,
                               coalesce(c.waiting, 0) as waiting, coalesce(c.running, 0) as running,
                               extract(epoch from clock_timestamp() - c.since) as oldest_waiting_seconds
                        from queue q
                        left join queue_setting s on s.queue = q.name
                        left join counted c on c.provider = q.name
                        where cast(:name as text) is null or q.name = :name
                        order by q.type, q.name
                        """)
                .bind("name", name)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /// Pauses a queue, or lets it go on.
    ///
    /// @return when it was paused; empty when it is not
    static Optional<Instant> pause(Handle tx, String name, boolean paused) {
        return tx.createQuery("""
                        insert into queue_setting as s (queue, paused_at)
                        values (:queue, case when :paused then clock_timestamp() end)
                        on conflict on constraint queue_setting_pk
                        do update set paused_at = case when :paused then coalesce(s.paused_at, excluded.paused_at) end
                        returning paused_at
                        """)
                .bind("queue", name)
                .bind("paused", paused)
                .mapTo(Instant.class)
                .findOne();
    }

    static void setRate(Handle tx, String name, RateRequest rate) {
        tx.createUpdate("""
                        insert into queue_setting as s (queue, per_tick, tick_ms, delay_ms)
                        values (:queue, :perTick, :tickMs, :delayMs)
                        on conflict on constraint queue_setting_pk
                        do update set per_tick = excluded.per_tick, tick_ms = excluded.tick_ms, delay_ms = excluded.delay_ms
                        """)
                .bind("queue", name)
                .bind("perTick", rate.perTick())
                .bind("tickMs", rate.tickMs())
                .bind("delayMs", rate.delayMs())
                .execute();
    }

    /// @return false when the queue is a provider, whose concurrency is edited with the provider
    static boolean setConcurrency(Handle tx, String name, int concurrency) {
        return tx.createUpdate("update handler set concurrency = :concurrency where type = :queue")
                        .bind("queue", name)
                        .bind("concurrency", concurrency)
                        .execute()
                == 1;
    }
}
