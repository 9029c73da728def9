package dev.rollcall.trigger.job;

import dev.rollcall.ledger.TaskId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// Reads jobs, as many as the reader may see.
final class JobRows {
    private JobRows() {}

    static Optional<JobRow> find(Handle reading, TaskId job) {
        return reading.createQuery("""
                        select t.id as task, t.day, b.id as batch, b.organization, l.provider as queue,
                               coalesce(h.type, 'prompt') as type, t.state, t.reason, t.attempt, b.max_attempts, b.priority,
                               i.created_at, p.percent, p.note,
                               case when r.not_before > clock_timestamp() then r.not_before end as not_before,
                               i.body, a.answer, a.detail
                        from lane l
                        join batch b on b.id = l.batch and b.kind = 'jobs'
                        join task t on t.day = l.day and t.id = :job
                        join item i on i.day = l.day and i.batch = b.id and i.n = :item
                        left join handler h on h.type = l.provider
                        left join progress p on p.task = t.id and p.attempt = t.attempt and t.state <> 'pending'
                        left join attempt a on a.day = l.day and a.task = t.id and a.attempt = t.attempt and not a.late
                        left join retry r on r.task = t.id and r.attempt = t.attempt and t.state = 'pending'
                        where l.id = :lane
                        """)
                .bind("job", job.value())
                .bind("lane", job.lane())
                .bind("item", job.item())
                .map(ConstructorMapper.of(JobRow.class))
                .findOne();
    }

    /// The newest first. Within a lane the ids tell the order, so each lane gives as many as the page may hold and the
    /// page is the newest of those.
    ///
    /// @param state null for all
    /// @param type null for all
    /// @param before the last job of the page before; null for the first page
    static List<JobRow> newest(
            Handle reading, @Nullable String state, @Nullable String type, @Nullable JobRow before, int limit) {
        return reading.createQuery("""
                        select j.task, l.day, b.id as batch, b.organization, l.provider as queue,
                               coalesce(h.type, 'prompt') as type, j.state, j.reason, j.attempt, b.max_attempts, b.priority,
                               j.created_at, p.percent, p.note,
                               case when r.not_before > clock_timestamp() then r.not_before end as not_before,
                               cast(null as text) as body, cast(null as text) as answer, a.detail
                        from batch b
                        join lane l on l.batch = b.id
                        left join handler h on h.type = l.provider
                        cross join lateral (
                            select t.id as task, t.state, t.reason, t.attempt, i.created_at
                            from task t
                            join item i on i.day = l.day and i.batch = l.batch and i.n = t.id & 16777215
                            where t.day = l.day and t.id >= l.id << 24
                              and t.id < least((l.id << 24) + l.size, case when l.id = :lane then :before end)
                              and (cast(:state as text) is null or t.state = :state)
                              and (cast(:at as timestamptz) is null or (i.created_at, t.id) < (:at, :before))
                            order by t.id desc
                            limit :limit
                        ) as j
                        left join progress p on p.task = j.task and p.attempt = j.attempt and j.state <> 'pending'
                        left join attempt a on a.day = l.day and a.task = j.task and a.attempt = j.attempt and not a.late
                        left join retry r on r.task = j.task and r.attempt = j.attempt and j.state = 'pending'
                        where b.kind = 'jobs' and (cast(:type as text) is null or coalesce(h.type, 'prompt') = :type)
                        order by j.created_at desc, j.task desc
                        limit :limit
                        """)
                .bind("state", state)
                .bind("type", type)
                .bind("at", before == null ? null : before.createdAt())
                .bind("before", before == null ? Long.MAX_VALUE : before.task())
                .bind("lane", before == null ? 0 : new TaskId(before.task()).lane())
                .bind("limit", limit)
                .map(ConstructorMapper.of(JobRow.class))
                .list();
    }
}
