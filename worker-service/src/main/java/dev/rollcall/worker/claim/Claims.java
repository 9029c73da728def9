package dev.rollcall.worker.claim;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
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
    /// cancelled, another worker's, or in another queue than its hint says: the hint is worth nothing.
    ///
    /// @param day the day all of them belong to
    public List<Claimed> claim(long worker, LocalDate day, Collection<Hint> hints) {
        // a task hinted twice in one poll is wanted once
        List<Hint.Wanted> wanted = hints.stream().map(Hint::wanted).distinct().toList();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with found as materialized (
                            -- One look at the key with all ids. Apart, because the planner would join hints and lanes
                            -- first and look at the key for each pair, with all ids again: 1,000 tasks took seconds.
                            -- Rows another claim holds are skipped, not waited for: whoever holds them gets them.
                            select t.id, t.attempt, t.spared
                            from task t
                            where t.day = :day and t.id = any(:tasks) and t.state = 'pending'
                              and not exists (select from cancellation c where c.task = t.id)
                              and exists (select from worker w
                                          where w.id = :worker and w.dead_at is null and w.stopped_at is null)
                            for update of t skip locked
                        ), wanted as (
                            select f.id, l.id as lane, l.batch, l.provider
                            from found f
                            join lane l on l.id = f.id >> 24
                            join batch b on b.id = l.batch
                            -- The permit that is held is one of the hint's queue. An array is hashed whatever the plan,
                            -- a function's rows are not.
                            where f.id || ' ' || l.provider = any(:hinted)
                              and f.attempt - f.spared < b.max_attempts and b.cancelled_at is null
                        ), mine as (
                            update task t
                            set state = 'running', attempt = t.attempt + 1, worker = :worker
                            from wanted w
                            where t.day = :day and t.id = w.id
                            returning t.id, t.attempt, t.spared, w.lane, w.batch, w.provider
                        ), side as (
                            insert into claim (worker, day, tasks)
                            select :worker, :day, array_agg(id) from mine having count(*) > 0
                            returning id, claimed_at
                        ), counted as (
                            insert into tally (lane, writer, running)
                            -- in the lanes' order, as whoever ends tasks does: so they never wait for each other in a circle
                            select lane, :worker, count(*) from mine group by lane order by lane
                            on conflict on constraint tally_pk
                            do update set running = tally.running + excluded.running, seen_at = clock_timestamp()
                        )
                        select m.id as task, i.day, m.attempt, m.provider as queue, m.batch, b.kind, b.organization, b.template,
                               b.columns, i.cells, i.body, :worker as worker, s.id as claim, m.spared, b.max_attempts, s.claimed_at
                        from mine m
                        cross join side s
                        join batch b on b.id = m.batch
                        join item i on i.day = :day and i.batch = m.batch and i.n = m.id & 16777215
                        """)
                .bind("worker", worker)
                .bind("day", day)
                .bindArray(
                        "tasks",
                        Long.class,
                        wanted.stream().map(Hint.Wanted::task).toList())
                .bindArray(
                        "hinted",
                        String.class,
                        wanted.stream()
                                .map(hint -> hint.task() + " " + hint.queue())
                                .toList())
                .map(ConstructorMapper.of(Claimed.class))
                .list());
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
