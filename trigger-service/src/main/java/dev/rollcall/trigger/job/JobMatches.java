package dev.rollcall.trigger.job;

import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Finds jobs by what they have in common. Lanes that have none, by their counts, are not looked into.
final class JobMatches {
    private JobMatches() {}

    /// A job that matches.
    public record Match(long task, LocalDate day, long batch) {}

    /// The oldest first.
    static List<Match> find(Handle reading, String organization, JobAction action, JobFilter filter, int limit) {
        return reading.createQuery("""
                        select j.id as task, l.day, b.id as batch
                        from batch b
                        join lane l on l.batch = b.id
                        left join handler h on h.type = l.provider
                        cross join lateral (
                            select coalesce(sum(c.failed + c.cancelled), 0) as lost,
                                   coalesce(sum(c.succeeded + c.failed + c.cancelled), 0) as ended
                            from tally c where c.lane = l.id
                        ) as n
                        cross join lateral (
                            select t.id from task t
                            join item i on i.day = l.day and i.batch = l.batch and i.n = t.id & 16777215
                            where t.day = l.day and t.id >= l.id << 24 and t.id < (l.id << 24) + l.size
                              and t.state = any(:states)
                              and (cast(:createdBefore as timestamptz) is null or i.created_at < :createdBefore)
                            order by t.id
                            limit :limit
                        ) as j
                        where b.kind = 'jobs' and b.organization = :organization
                          and (cast(:type as text) is null or coalesce(h.type, 'prompt') = :type)
                          and case when :retry then n.lost > 0 else l.size > n.ended end
                        order by b.id, j.id
                        limit :limit
                        """)
                .bind("organization", organization)
                .bindArray("states", String.class, filter.states(action))
                .bind("type", filter.type())
                .bind("createdBefore", filter.createdBefore())
                .bind("retry", action == JobAction.RETRY)
                .bind("limit", limit)
                .map(ConstructorMapper.of(Match.class))
                .list();
    }

    /// Pending jobs of these types that nobody has asked for yet: the higher priority first, and the oldest first.
    static List<Long> waiting(Handle reading, String organization, List<String> types, int limit) {
        return reading.createQuery("""
                        select j.task
                        from batch b
                        join lane l on l.batch = b.id
                        left join handler h on h.type = l.provider
                        cross join lateral (
                            select r.task, i.created_at
                            from retry r
                            join task t on t.day = l.day and t.id = r.task and t.attempt = r.attempt
                            join item i on i.day = l.day and i.batch = l.batch and i.n = r.task & 16777215
                            where r.task >= l.id << 24 and r.task < (l.id << 24) + l.size
                              and r.not_before > '-infinity' and t.state = 'pending'
                              and not exists (select from cancellation c where c.task = r.task)
                            order by r.task
                            limit :limit
                        ) as j
                        where b.kind = 'jobs' and b.closed_at is null and b.organization = :organization
                          and coalesce(h.type, 'prompt') = any(:types)
                        order by b.priority desc, j.created_at, j.task
                        limit :limit
                        """)
                .bind("organization", organization)
                .bindArray("types", String.class, types)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }
}
