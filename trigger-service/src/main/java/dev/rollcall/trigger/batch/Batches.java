package dev.rollcall.trigger.batch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads batches of rows as they are at one moment: counts are sums over the tallies of their lanes, so no task is
/// looked at, however many there are.
final class Batches {
    /// What a batch's [State] is, from its row and from the sums over its lanes.
    private static final String STATE = """
            case
                when reviving is not null then 'processing'
                when closed_at is not null then case
                    when cancelled_at is not null then 'cancelled'
                    when planned > 0 and lost = planned then 'failed'
                    else 'completed' end
                when cancelled_at is not null then 'cancelling'
                when paused_at is not null then 'paused'
                when coalesce(hinted, 0) = 0 and coalesce(claimed, 0) = 0 then 'pending'
                else 'processing' end""";

    private static final String BOUNDS = """
            kind = 'rows'
            and (cast(:organization as text) is null or organization = :organization)
            and (cast(:before as bigint) is null or id < :before)
            and (cast(:since as timestamptz) is null or opened_at >= :since)
            and (cast(:until as timestamptz) is null or opened_at < :until)""";

    private static final String ANY = "select * from batch where " + BOUNDS + " order by id desc limit :limit";

    private static final String IN_A_STATE = """
            select batch.* from batch cross join lateral (
                select sum(next) as hinted, sum(t.claimed) as claimed, sum(t.lost) as lost
                from lane cross join lateral (
                    select sum(running + succeeded + failed + cancelled) as claimed, sum(failed) as lost
                    from tally where tally.lane = lane.id
                ) as t
                where lane.batch = batch.id
            ) as sums
            where %s and %s = :state order by id desc limit :limit""".formatted(BOUNDS, STATE);

    private Batches() {}

    /// The batches a list is to show, the newest first.
    ///
    /// @param before those with smaller ids
    /// @param until excluded
    record Filter(
            @Nullable String organization,
            @Nullable State state,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Long before,
            int limit) {}

    static List<BatchView> all(Handle handle, Collection<Long> ids) {
        return views(query(handle, "select * from batch where kind = 'rows' and id = any(:ids)")
                .bindArray("ids", Long.class, ids));
    }

    static List<BatchView> newest(Handle handle, Filter filter) {
        return views(query(handle, filter.state() == null ? ANY : IN_A_STATE)
                .bind("organization", filter.organization())
                .bind("before", filter.before())
                .bind("since", filter.since())
                .bind("until", filter.until())
                .bind("state", filter.state() == null ? null : filter.state().code())
                .bind("limit", filter.limit()));
    }

    /// When the first of a lane's tasks were claimed, as their attempts tell; without those where none has ended yet.
    static Map<Long, Instant> firstClaims(Handle handle, LocalDate day, Collection<Long> lanes) {
        return handle.createQuery("""
                        select l.id, a.at
                        from unnest(:lanes) as l (id)
                        cross join lateral (
                            -- a lane's tasks are hinted in their order
                            select min(claimed_at) as at from attempt
                            where day = :day and task >= l.id << 24 and task < (l.id << 24) + 16
                        ) as a
                        where a.at is not null
                        """)
                .bindArray("lanes", Long.class, lanes)
                .bind("day", day)
                .reduceRows(new LinkedHashMap<Long, Instant>(), (claims, row) -> {
                    claims.put(
                            row.getColumn("id", Long.class),
                            row.getColumn("at", OffsetDateTime.class).toInstant());
                    return claims;
                });
    }

    /// @param source the batches, as `b`
    private static Query query(Handle handle, String source) {
        return handle.createQuery("""
                        with seen as (
                            select b.*, l.id as lane, l.provider, l.size, l.next,
                                   t.running, t.succeeded, t.failed, t.cancelled,
                                   t.waiting, r.until, q.paused_at is not null as queue_paused, f.reasons, f.tasks,
                                   sum(l.next) over batch as hinted,
                                   sum(t.running + t.succeeded + t.failed + t.cancelled) over batch as claimed,
                                   sum(t.failed) over batch as lost
                            from (<source>) as b
                            left join lane l on l.batch = b.id
                            left join queue_setting q on q.queue = l.provider
                            cross join lateral (
                                select coalesce(sum(running), 0) as running, coalesce(sum(succeeded), 0) as succeeded,
                                       coalesce(sum(failed), 0) as failed, coalesce(sum(cancelled), 0) as cancelled,
                                       coalesce(sum(waiting), 0) as waiting
                                from tally where tally.lane = l.id
                            ) as t
                            cross join lateral (
                                select max(not_before) as until from retry
                                where b.closed_at is null and retry.lane = l.id and not_before > statement_timestamp()
                            ) as r
                            cross join lateral (
                                select array_agg(reason) as reasons, array_agg(n) as tasks
                                from (select reason, sum(tasks) as n from failure
                                      where failure.lane = l.id group by reason having sum(tasks) > 0) as summed
                            ) as f
                            window batch as (partition by b.id)
                        )
                        select statement_timestamp() as now, seen.*, <state> as state
                        from seen
                        order by id desc, provider
                        """).define("source", source).define("state", STATE);
    }

    private static List<BatchView> views(Query query) {
        Map<Long, BatchView> views = new LinkedHashMap<>();
        query.map((row, _) -> view(row)).forEach(line -> views.merge(line.id(), line, Batches::withLanesOf));
        return List.copyOf(views.values());
    }

    private static BatchView withLanesOf(BatchView view, BatchView line) {
        List<LaneView> lanes = new ArrayList<>(view.lanes());
        lanes.addAll(line.lanes());
        return view.with(lanes);
    }

    private static BatchView view(ResultSet row) throws SQLException {
        return new BatchView(
                time(row, "now"),
                row.getLong("id"),
                row.getString("name"),
                row.getString("organization"),
                row.getObject("day", LocalDate.class),
                State.fromString(row.getString("state")),
                time(row, "opened_at"),
                timeIfAny(row, "closed_at"),
                row.getObject("cancelled_at") != null && row.getObject("reviving") == null,
                row.getLong("unstarted"),
                row.getObject("concurrency", Integer.class),
                row.getInt("max_attempts"),
                row.getInt("priority"),
                texts(row, "columns"),
                row.getString("provider") == null ? List.of() : List.of(lane(row)));
    }

    private static LaneView lane(ResultSet row) throws SQLException {
        int size = row.getInt("size");
        int next = row.getInt("next");
        long running = row.getLong("running");
        long succeeded = row.getLong("succeeded");
        long failed = row.getLong("failed");
        long cancelled = row.getLong("cancelled");
        long pending = size - running - succeeded - failed - cancelled;
        return new LaneView(
                row.getLong("lane"),
                row.getString("provider"),
                size,
                next,
                new BatchCounts(pending, running, succeeded, failed, cancelled),
                row.getLong("waiting"),
                timeIfAny(row, "until"),
                row.getBoolean("queue_paused"),
                failures(row));
    }

    private static Map<String, Long> failures(ResultSet row) throws SQLException {
        List<String> reasons = texts(row, "reasons");
        Map<String, Long> failures = new LinkedHashMap<>();
        if (!reasons.isEmpty()) {
            Long[] tasks = (Long[]) row.getArray("tasks").getArray();
            for (int i = 0; i < reasons.size(); i++) {
                failures.put(reasons.get(i), tasks[i]);
            }
        }
        return failures;
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null
                ? List.of()
                : List.copyOf(Arrays.asList((String[]) row.getArray(column).getArray()));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeIfAny(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : time(row, column);
    }
}
