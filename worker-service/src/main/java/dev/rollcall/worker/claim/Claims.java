package dev.rollcall.worker.claim;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Claims in the ledger: the one statement that makes a hint an order, and the side table that remembers it.
@ApplicationScoped
public class Claims {
    private final Jdbi jdbi;

    Claims(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Claims what is still to be claimed of these tasks. What is missing from the answer is a duplicate, finished,
    /// cancelled, another worker's, not due yet, or in another queue than its hint says: the hint is worth nothing.
    ///
    /// @param day the day all of them belong to
    public List<Claimed> claim(long worker, LocalDate day, Collection<Hint> hints) {
        // the queue is looked at by lane, so those that disagree on a lane's queue are not asked together
        Map<Long, String> queues = new HashMap<>();
        boolean agree = hints.stream()
                .allMatch(hint -> hint.provider().equals(queues.computeIfAbsent(hint.lane(), _ -> hint.provider())));
        return agree
                ? claim(worker, day, hints, queues)
                : hints.stream().collect(groupingBy(Hint::provider)).values().stream()
                        .flatMap(some -> claim(worker, day, some).stream())
                        .toList();
    }

    private List<Claimed> claim(long worker, LocalDate day, Collection<Hint> hints, Map<Long, String> queues) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with found as materialized (
                            -- Read once along the primary key: joined with anything else, every row of that would be looked
                            -- up among all these ids. Rows another claim holds are skipped, not waited for: whoever holds
                            -- them gets them.
                            select t.ctid as place, t.id, t.attempt, t.spared
                            from task t
                            where t.day = :day and t.id = any(:tasks) and t.state = 'pending'
                              and exists (select from worker w
                                          where w.id = :worker and w.dead_at is null and w.stopped_at is null)
                            for update of t skip locked
                        ), open as materialized (
                            -- in one row, so that nobody joins all tasks with all lanes; the permit that is held is one of the
                            -- hint's queue
                            select array_agg(l.id) as lanes, array_agg(l.batch) as batches,
                                   array_agg(b.max_attempts) as budgets
                            from unnest(:lanes, :queues) as h (lane, queue)
                            join lane l on l.id = h.lane and l.provider = h.queue
                            join batch b on b.id = l.batch
                            where b.cancelled_at is null
                        ), later as materialized (
                            -- most lanes have nothing that is due later: then no task is looked up there
                            select exists (
                                select from unnest(:lanes) as h (lane)
                                cross join lateral (
                                    select from retry
                                    where lane = h.lane and not_before > statement_timestamp()
                                    offset 0
                                ) as again) as waits
                        ), wanted as (
                            select f.place, o.batches[f.n] as batch
                            from open o
                            cross join later
                            cross join lateral (
                                select found.*, array_position(o.lanes, id >> 24) as n from found offset 0
                            ) as f
                            where f.attempt - f.spared < o.budgets[f.n]
                              and not exists (select from cancellation c where c.task = f.id)
                              and not (later.waits and exists (
                                  -- the offset keeps the planner from using a part of the key only (ADR 18)
                                  select from (select not_before from retry
                                               where task = f.id and attempt = f.attempt offset 0) as again
                                  where again.not_before > statement_timestamp()))
                        ), mine as (
                            -- It is locked, so it is still at its place. What was claimed and ended between the snapshot and
                            -- the lock is at another place, which the snapshot does not see: nor would it see the retry.
                            update task t
                            set state = 'running', attempt = t.attempt + 1, worker = :worker
                            from wanted w
                            where t.day = :day and t.ctid = w.place
                            returning t.id, t.attempt, t.spared, w.batch
                        ), side as (
                            insert into claim (worker, day, tasks)
                            select :worker, :day, array_agg(id) from mine having count(*) > 0
                            returning id, claimed_at
                        ), counted as (
                            insert into tally (lane, writer, running)
                            -- in the lanes' order, as whoever ends tasks does: so they never wait for each other in a circle
                            select id >> 24, :worker, count(*) from mine group by 1 order by 1
                            on conflict on constraint tally_pk
                            do update set running = tally.running + excluded.running, seen_at = clock_timestamp()
                        )
                        select m.id as task, m.attempt, m.spared, i.cells, i.body, s.id as claim, s.claimed_at, l.*
                        from (select mine.*, row_number() over (partition by id >> 24) = 1 as first from mine) as m
                        cross join side s
                        left join lateral (
                            -- told once, with the first of its tasks
                            select a.provider as queue, a.batch, b.kind, b.organization, b.template, b.columns, b.max_attempts
                            from lane a join batch b on b.id = a.batch
                            where m.first and a.id = m.id >> 24
                            offset 0
                        ) as l on true
                        cross join lateral (
                            -- the offset keeps the planner from using a part of the key only (ADR 18)
                            select cells, body from item
                            where day = :day and batch = m.batch and n = cast(m.id & 16777215 as integer)
                            offset 0
                        ) as i
                        """)
                .bind("worker", worker)
                .bind("day", day)
                // a task hinted twice in one poll is wanted once
                .bindArray(
                        "tasks",
                        Long.class,
                        hints.stream().map(Hint::task).distinct().toList())
                .bindArray("lanes", Long.class, queues.keySet())
                .bindArray("queues", String.class, queues.values())
                .map((row, _) -> Won.of(row))
                .collect(collectingAndThen(toList(), won -> Won.claimed(won, worker, day))));
    }

    /// Makes due in a moment what is still to be claimed of these tasks: whoever holds their hints is leaving.
    ///
    /// @param day the day all of them belong to
    public void handBack(LocalDate day, Collection<Hint> hints) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into retry (task, day, lane, attempt, not_before)
                        select t.id, :day, t.id >> 24, t.attempt, clock_timestamp() + interval '1 second'
                        from task t
                        where t.day = :day and t.id = any(:tasks) and t.state = 'pending'
                        order by t.id
                        -- who hinted may not have dropped his entry yet, and must not drop this one
                        on conflict on constraint retry_pk
                        do update set not_before = excluded.not_before where retry.not_before < excluded.not_before
                        """)
                .bind("day", day)
                .bindArray("tasks", Long.class, hints.stream().map(Hint::task).toList())
                .execute());
    }

    /// Whether this incarnation may claim. One that may not gets nothing from [#claim], which says nothing of the
    /// tasks.
    public boolean mayClaim(long worker) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select from worker
                                       where id = :worker and dead_at is null and stopped_at is null)
                        """)
                .bind("worker", worker)
                .mapTo(Boolean.class)
                .one());
    }

    /// What this worker owns without knowing it: claims that were committed although the answer never came. They are
    /// to be handed back, so what there is to do is not told.
    ///
    /// @param known the claims it knows
    public List<Claimed> unknown(long worker, Collection<Long> known) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select t.id as task, t.day, t.attempt, l.provider as queue, l.batch, b.kind, b.organization,
                               null as template, null as columns, null as cells, null as body,
                               t.worker, c.id as claim, t.spared, b.max_attempts, c.claimed_at
                        from claim c
                        join task t on t.day = c.day and t.id = any(c.tasks) and t.worker = c.worker
                        join lane l on l.id = t.id >> 24
                        join batch b on b.id = l.batch
                        where c.worker = :worker and c.id <> all(:known)
                        """)
                .bind("worker", worker)
                .bindArray("known", Long.class, known)
                .map(ConstructorMapper.of(Claimed.class))
                .list());
    }
}
