package dev.rollcall.reconciler.silence;

import dev.rollcall.message.TaskEnded;
import dev.rollcall.reconciler.silence.Verdicts.Sighting;
import dev.rollcall.reconciler.silence.Verdicts.Stillness;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// What the ledger shows of those who fell silent, and the statements that act on it. All of it is found through
/// small tables (workers, claims, lanes); tasks are touched by their ids.
final class Silences {
    private Silences() {}

    /// The database's clock, and since when it has been up.
    public record Clock(Instant now, Instant serverStart) {}

    /// A side row of a claim whose worker is gone.
    public record Orphan(long claim, long worker, LocalDate day, List<Long> tasks) {}

    /// One reconciler at a time; the lock ends with the transaction.
    static boolean alone(Handle tx) {
        return tx.createQuery("select pg_try_advisory_xact_lock(hashtextextended('rollcall.reconcile', 0))")
                .mapTo(Boolean.class)
                .one();
    }

    static Clock clock(Handle tx) {
        return tx.createQuery("select clock_timestamp() as now, pg_postmaster_start_time() as server_start")
                .map(ConstructorMapper.of(Clock.class))
                .one();
    }

    static List<Sighting> living(Handle tx) {
        return tx.createQuery("""
                        select id as worker, seen_at, lease_until from worker where dead_at is null and stopped_at is null
                        """).map(ConstructorMapper.of(Sighting.class)).list();
    }

    /// Declares incarnations dead, those that have not renewed since they were seen, and frees their permits.
    ///
    /// @return the dead
    static List<Long> declareDead(Handle tx, Collection<Sighting> silent) {
        List<Long> dead = tx.createQuery("""
                        update worker w set dead_at = clock_timestamp()
                        from unnest(:workers, :leases) as s (worker, lease_until)
                        where w.id = s.worker and w.lease_until = s.lease_until and w.dead_at is null
                        returning w.id
                        """)
                .bindArray(
                        "workers",
                        Long.class,
                        silent.stream().map(Sighting::worker).toList())
                .bindArray(
                        "leases",
                        OffsetDateTime.class,
                        silent.stream()
                                .map(s -> s.leaseUntil().atOffset(ZoneOffset.UTC))
                                .toList())
                .mapTo(Long.class)
                .list();
        tx.createUpdate("""
                        delete from permit
                        where worker in (select id from worker where dead_at is not null or stopped_at is not null)
                        """).execute();
        return dead;
    }

    /// Claims that outlived their worker, whether it was declared dead or left before everything was announced.
    static List<Orphan> orphans(Handle tx) {
        return tx.createQuery("""
                        select c.id as claim, c.worker, c.day, c.tasks
                        from claim c join worker w on w.id = c.worker
                        where w.dead_at is not null or w.stopped_at is not null
                        order by c.id
                        """)
                .map((row, context) -> new Orphan(
                        row.getLong("claim"),
                        row.getLong("worker"),
                        row.getObject("day", LocalDate.class),
                        List.of((Long[]) row.getArray("tasks").getArray())))
                .list();
    }

    /// What was taken back from a dead worker.
    ///
    /// @param state `pending` when it is due again, `failed` when its budget is spent
    public record TakenBack(
            long task,
            LocalDate day,
            String provider,
            int attempt,
            String state,
            @Nullable String reason) {
        TaskEnded news() {
            return new TaskEnded(task, day, provider, attempt, state, reason, null);
        }
    }

    /// Takes back what a dead worker still ran: due again at once, or failed when it has used up its
    /// attempts, so that a task that kills its worker ends. What a worker has died with before is due at
    /// a moment of its own: so the one that kills does not meet the same innocent ones each time, and
    /// take them with it.
    static List<TakenBack> takeBack(Handle tx, Orphan orphan) {
        return tx.createQuery("""
                        with taken as (
                            update task t
                            set state = case when t.attempt - t.spared >= b.max_attempts then 'failed' else 'pending' end,
                                reason = case when t.attempt - t.spared >= b.max_attempts then 'worker_died' end,
                                worker = null, deaths = t.deaths + 1
                            from lane l join batch b on b.id = l.batch
                            where t.day = :day and t.id = any(:tasks) and l.id = t.id >> 24
                              and t.state = 'running' and t.worker = :worker
                            returning t.id, t.attempt, t.state, t.reason, t.deaths, l.id as lane, l.provider
                        ), written as (
                            insert into attempt (day, task, attempt, worker, claimed_at, ended_at, outcome, reason, detail)
                            select :day, t.id, t.attempt, :worker, c.claimed_at, clock_timestamp(), 'died', 'worker_died',
                                   'incarnation ' || :worker || ' fell silent; whether it had called the provider is unknown'
                            from taken t cross join claim c
                            where c.id = :claim
                            on conflict on constraint attempt_pk do nothing
                        ), due as (
                            insert into retry (task, day, lane, attempt, not_before)
                            select id, :day, lane, attempt,
                                   clock_timestamp() + case when deaths > 1 then random() * power(2, least(deaths, 5)) else 0 end
                                                       * interval '1 second'
                            from taken where state = 'pending'
                            on conflict on constraint retry_pk do nothing
                        ), counted as (
                            insert into tally (lane, writer, running, failed)
                            select lane, 0, -count(*), count(*) filter (where state = 'failed') from taken group by lane order by lane
                            on conflict on constraint tally_pk
                            do update set running = tally.running + excluded.running,
                                          failed = tally.failed + excluded.failed, seen_at = clock_timestamp()
                        ), why as (
                            insert into failure (lane, writer, reason, tasks)
                            select lane, 0, reason, count(*) from taken where state = 'failed' group by lane, reason order by lane
                            on conflict on constraint failure_pk do update set tasks = failure.tasks + excluded.tasks
                        )
                        select id as task, cast(:day as date) as day, provider, attempt, state, reason from taken
                        """)
                .bind("day", orphan.day())
                .bindArray("tasks", Long.class, orphan.tasks())
                .bind("worker", orphan.worker())
                .bind("claim", orphan.claim())
                .map(ConstructorMapper.of(TakenBack.class))
                .list();
    }

    /// What the claim's worker had finished, perhaps without announcing it.
    static List<TakenBack> finished(Handle tx, Orphan orphan) {
        return tx.createQuery("""
                        select t.id as task, t.day, l.provider, t.attempt, t.state, t.reason
                        from task t join lane l on l.id = t.id >> 24
                        where t.day = :day and t.id = any(:tasks) and t.state in ('succeeded', 'failed', 'cancelled')
                        """)
                .bind("day", orphan.day())
                .bindArray("tasks", Long.class, orphan.tasks())
                .map(ConstructorMapper.of(TakenBack.class))
                .list();
    }

    static void forget(Handle tx, Collection<Long> claims) {
        tx.createUpdate("delete from claim where id = any(:claims)")
                .bindArray("claims", Long.class, claims)
                .execute();
    }

    /// Lanes of open batches, with what of them was hinted and not claimed.
    static List<Stillness> still(Handle tx) {
        return tx.createQuery("""
                        with counted as (
                            select l.id, l.provider, l.next, l.dispatched_at, b.kind = 'jobs' as grows,
                                   coalesce(sum(t.running), 0) as running,
                                   coalesce(sum(t.running + t.succeeded + t.failed + t.cancelled), 0) as claimed,
                                   max(t.seen_at) as claimed_at,
                                   coalesce(sum(t.waiting), 0) as waiting
                            from lane l
                            join batch b on b.id = l.batch
                            left join tally t on t.lane = l.id
                            where b.closed_at is null and b.cancelled_at is null and l.dispatched_at is not null
                            group by l.id, b.kind
                        )
                        select c.id as lane, c.grows, c.next - c.claimed - c.waiting as unclaimed, q.concurrency, c.dispatched_at,
                               c.claimed_at,
                               sum(c.running) over (partition by c.provider) as running
                        from counted c join queue q on q.name = c.provider
                        """).map(ConstructorMapper.of(Stillness.class)).list();
    }

    /// Makes the lane's unclaimed tasks due: the dispatcher hints them again. A hint that was not lost after all
    /// causes a claim that loses.
    ///
    /// @return how many tasks
    static int republish(Handle tx, long lane) {
        return tx.createUpdate("""
                        insert into retry (task, day, lane, attempt, not_before)
                        select t.id, t.day, l.id, t.attempt, clock_timestamp()
                        from lane l
                        join task t on t.day = l.day and t.id >= l.id << 24 and t.id < (l.id << 24) + l.next
                        where l.id = :lane and t.state = 'pending'
                          and not exists (select from retry r where r.task = t.id)
                        on conflict on constraint retry_pk do nothing
                        """).bind("lane", lane).execute();
    }

    /// Makes due what of a lane of jobs has been pending for too long although nobody is to hint at it: a lane
    /// that grows may never come to rest, so single hints that were lost are looked for. Reads the whole lane:
    /// 0.16 s for a million jobs.
    ///
    /// @return how many tasks
    static int republishOld(Handle tx, long lane, Duration lostAfter) {
        return tx.createUpdate("""
                        with still as materialized (
                            select t.id, t.day, t.attempt, l.id as lane, l.batch
                            from lane l
                            join task t on t.day = l.day and t.id >= l.id << 24 and t.id < (l.id << 24) + l.next
                            where l.id = :lane and t.state = 'pending'
                              and not exists (select from retry r where r.task = t.id)
                        )
                        insert into retry (task, day, lane, attempt, not_before)
                        select s.id, s.day, s.lane, s.attempt, clock_timestamp()
                        from still s
                        cross join lateral (
                            -- the offsets keep the planner from reading a day of which it knows nothing yet (ADR 18)
                            select created_at from item
                            where day = s.day and batch = s.batch and n = cast(s.id & 16777215 as integer) offset 0
                        ) as i
                        cross join lateral (
                            select max(a.ended_at) as ended_at
                            from (select ended_at from attempt where day = s.day and task = s.id offset 0) as a
                        ) as last
                        where greatest(i.created_at, last.ended_at) < clock_timestamp() - :lostAfter
                        on conflict on constraint retry_pk do nothing
                        """)
                .bind("lane", lane)
                .bind("lostAfter", lostAfter)
                .execute();
    }

    /// Gives up what is still pending in batches of runs past their wall limit, from each lane's start on.
    ///
    /// @param most tasks
    /// @return how many tasks
    static int giveUp(Handle tx, int most) {
        return tx.createQuery("""
                        with overdue as (
                            select t.day, t.id, l.id as lane
                            from run r
                            join batch b on b.run = r.id
                            join lane l on l.batch = b.id
                            cross join lateral (
                                select day, id from task
                                where day = l.day and id >= l.id << 24 and id < (l.id << 24) + l.size
                                  and state = 'pending'
                                order by id
                                limit :most
                            ) as t
                            where r.closed_at is null and b.closed_at is null and r.deadline < clock_timestamp()
                            limit :most
                        ), given_up as (
                            update task t set state = 'failed', reason = 'wall_limit'
                            from overdue o
                            where t.day = o.day and t.id = o.id and t.state = 'pending'
                            returning t.id, o.lane
                        ), undue as (
                            delete from retry r using given_up g where r.task = g.id
                        ), passed as (
                            -- what was given up will not be hinted: the cursor is past it
                            update lane l set next = greatest(l.next, g.next)
                            from (select lane, (max(id) & 16777215) + 1 as next from given_up group by lane) g
                            where l.id = g.lane
                        ), counted as (
                            insert into tally (lane, writer, failed)
                            select lane, 0, count(*) from given_up group by lane order by lane
                            on conflict on constraint tally_pk
                            do update set failed = tally.failed + excluded.failed, seen_at = clock_timestamp()
                        ), why as (
                            insert into failure (lane, writer, reason, tasks)
                            select lane, 0, 'wall_limit', count(*) from given_up group by lane order by lane
                            on conflict on constraint failure_pk do update set tasks = failure.tasks + excluded.tasks
                        )
                        select count(*) from given_up
                        """).bind("most", most).mapTo(Integer.class).one();
    }
}
