package dev.rollcall.postcheck.census;

import dev.rollcall.postcheck.coverage.Standing;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// Counts a run's frozen set: its batches' items on their lanes, whatever people have edited since.
@Singleton
public class Censuses {
    private final Jdbi jdbi;
    private final int listed;

    Censuses(Jdbi jdbi, @ConfigProperty(name = "rollcall.postcheck.listed") int listed) {
        this.jdbi = jdbi;
        this.listed = listed;
    }

    /// Both statements see one snapshot, so that the list and the counts agree while workers go on.
    public Census of(JudgedRun run) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            handle.setReadOnly(true);
            List<BatchRow> batches = batches(handle, run);
            List<Standing> standings = batches.stream().map(BatchRow::standing).toList();
            Map<String, List<MissingPrompt>> missing = MissingRow.byOrganization(missing(handle, run, batches));
            return new Census(standings, BatchRow.tasks(batches), missing);
        });
    }

    private List<BatchRow> batches(Handle handle, JudgedRun run) {
        return handle.createQuery("""
                        with frozen as materialized (
                            select b.id as batch, i.prompts
                            from batch b cross join lateral (
                                select count(*) as prompts from item i where i.day = :day and i.batch = b.id
                            ) i
                            where b.run = :run
                        ), lanes as materialized (
                            -- a lane's tasks are one range of the primary key: each is read once, and no other run's
                            select l.id, l.batch, f.prompts, t.*
                            from frozen f join lane l on l.batch = f.batch cross join lateral (
                                select count(*) as tasks,
                                       count(*) filter (where t.state = 'pending') as pending,
                                       count(*) filter (where t.state = 'running') as running,
                                       count(*) filter (where t.state = 'succeeded') as succeeded,
                                       count(*) filter (where t.state = 'failed') as failed,
                                       count(*) filter (where t.state = 'cancelled') as cancelled,
                                       array_agg((t.id & 16777215)::integer) filter (where t.state <> 'succeeded') as open
                                from task t
                                where t.day = :day and t.id >= l.id << 24 and t.id < (l.id << 24) + f.prompts
                            ) t
                        ), uncovered as (
                            select l.batch, o.n from lanes l cross join unnest(l.open) as o (n)
                            union
                            -- planned, but without a row: looked for only where the rows are too few
                            select l.batch, i.n
                            from lanes l join item i on i.day = :day and i.batch = l.batch
                            where l.tasks < l.prompts
                              and not exists (select from task t where t.day = :day and t.id = (l.id << 24 | i.n))
                            union
                            -- a prompt without any provider is not covered
                            select f.batch, i.n
                            from frozen f join item i on i.day = :day and i.batch = f.batch
                            where not exists (select from lanes l where l.batch = f.batch)
                        ), missing as (
                            select batch, count(*) as prompts, (array_agg(n order by n))[1 : :listed] as open
                            from uncovered
                            group by batch
                        ), counts as (
                            select batch, sum(prompts) as planned, sum(pending) as pending, sum(running) as running,
                                   sum(succeeded) as succeeded, sum(failed) as failed, sum(cancelled) as cancelled
                            from lanes
                            group by batch
                        )
                        select b.id as batch, b.organization, b.organization_name, f.prompts as expected,
                               coalesce(c.planned, 0) as planned, coalesce(c.pending, 0) as pending,
                               coalesce(c.running, 0) as running, coalesce(c.succeeded, 0) as succeeded,
                               coalesce(c.failed, 0) as failed, coalesce(c.cancelled, 0) as cancelled,
                               coalesce(m.prompts, 0) as missing, coalesce(m.open, '{}') as open
                        from frozen f
                        join batch b on b.id = f.batch
                        left join counts c on c.batch = f.batch
                        left join missing m on m.batch = f.batch
                        order by b.organization
                        """)
                .bind("run", run.id())
                .bind("day", run.day())
                .bind("listed", listed)
                .map(ConstructorMapper.of(BatchRow.class))
                .list();
    }

    /// The evidence for the first missing prompts: by key, so that its cost depends on the list and not on the night.
    private List<MissingRow> missing(Handle handle, JudgedRun run, List<BatchRow> batches) {
        List<Long> batch = new ArrayList<>();
        List<Integer> item = new ArrayList<>();
        for (BatchRow row : batches) {
            for (Integer n : row.open().subList(0, Math.min(row.open().size(), listed - item.size()))) {
                batch.add(row.batch());
                item.add(n);
            }
        }
        return handle.createQuery("""
                        select b.organization, b.organization_name, i.prompt, left(i.body, 500) as text, l.provider, true as planned,
                               t.state, coalesce(t.reason, a.reason) as code, coalesce(t.attempt, 0) as attempts,
                               a.http_status, left(a.detail, 500) as detail, a.ended_at as last_attempt_at
                        from unnest(:batches, :items) as m (batch, n)
                        join batch b on b.id = m.batch
                        -- "limit 1" makes each a look-up by key: else the planner reads the whole day for a few rows of it
                        cross join lateral (
                            select i.prompt, i.body from item i where i.day = :day and i.batch = m.batch and i.n = m.n limit 1
                        ) i
                        left join lane l on l.batch = m.batch
                        left join lateral (
                            select t.id, t.state, t.reason, t.attempt
                            from task t
                            where t.day = :day and t.id = (l.id << 24 | m.n)
                            limit 1
                        ) t on true
                        left join lateral (
                            select a.reason, a.http_status, a.detail, a.ended_at
                            from attempt a
                            where a.day = :day and a.task = t.id and not a.late
                            order by a.attempt desc
                            limit 1
                        ) a on true
                        where t.state is distinct from 'succeeded'
                        order by b.organization, m.n, l.provider
                        """)
                .bind("day", run.day())
                .bindArray("batches", Long.class, batch)
                .bindArray("items", Integer.class, item)
                .map(ConstructorMapper.of(MissingRow.class))
                .list();
    }
}
