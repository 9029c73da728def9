package dev.rollcall.trigger.batch.rows;

import dev.rollcall.ledger.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads a batch's rows page by page.
final class Rows {
    private Rows() {}

    /// What a page is to show; null for all.
    record Filter(@Nullable TaskState state, @Nullable String provider, Position after, int limit) {}

    static List<RowStatus> page(Handle handle, Frame frame, Filter filter) {
        return handle.createQuery("""
                        with page as (
                            select (t.id & 16777215)::integer as n, l.id as lane, l.provider, t.id as task,
                                   t.state, t.reason, t.attempt
                            from lane l
                            cross join lateral (
                                -- each lane by its own range of the primary key, so that a page costs a page
                                select id, state, reason, attempt from task
                                where day = :day
                                  and id >= (l.id << 24) + :row + case when l.id > :lane then 0 else 1 end
                                  and id < (l.id + 1) << 24
                                  and (cast(:state as text) is null or state = :state)
                                order by id limit :limit
                            ) as t
                            where l.batch = :batch and (cast(:provider as text) is null or l.provider = :provider)
                            order by n, lane limit :limit
                        )
                        select p.n, p.lane, p.provider, p.state, p.attempt, coalesce(p.reason, a.reason) as reason,
                               a.detail, i.cells
                        from page p
                        join item i on i.day = :day and i.batch = :batch and i.n = p.n
                        left join lateral (
                            select reason, detail from attempt
                            where day = :day and task = p.task and not late
                            order by attempt desc limit 1
                        ) as a on true
                        order by p.n, p.lane
                        """)
                .bind("day", frame.day())
                .bind("batch", frame.batch().value())
                .bind("row", filter.after().row())
                .bind("lane", filter.after().lane())
                .bind(
                        "state",
                        Optional.ofNullable(filter.state()).map(TaskState::code).orElse(null))
                .bind("provider", filter.provider())
                .bind("limit", filter.limit())
                .map((row, _) -> row(frame.columns(), row))
                .list();
    }

    private static RowStatus row(List<String> columns, ResultSet row) throws SQLException {
        return new RowStatus(
                row.getInt("n"),
                row.getString("provider"),
                row.getString("state"),
                row.getString("reason"),
                row.getString("detail"),
                row.getInt("attempt"),
                cells(columns, (String[]) row.getArray("cells").getArray()),
                new Position(row.getInt("n"), row.getLong("lane")));
    }

    private static Map<String, @Nullable String> cells(List<String> columns, @Nullable String[] values) {
        Map<String, @Nullable String> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), i < values.length ? values[i] : null);
        }
        return cells;
    }
}
