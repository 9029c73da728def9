package dev.rollcall.trigger.history;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Reads the history, newest first.
@Singleton
class HistoryEntries {
    private final Jdbi jdbi;

    HistoryEntries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<HistoryEntry> newest(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, function, run_key, status, started_at, completed_at, result
                        from scheduler_runs order by id desc limit :limit
                        """)
                .bind("limit", limit)
                .map(HistoryEntries::entry)
                .list());
    }

    List<HistoryEntry> newest(String function, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, function, run_key, status, started_at, completed_at, result
                        from scheduler_runs where function = :function
                        order by started_at desc, id desc limit :limit
                        """)
                .bind("function", function)
                .bind("limit", limit)
                .map(HistoryEntries::entry)
                .list());
    }

    private static HistoryEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return new HistoryEntry(
                row.getLong("id"),
                row.getString("function"),
                row.getString("run_key"),
                row.getString("status"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("completed_at", OffsetDateTime.class)),
                row.getString("result"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant).orElse(null);
    }
}
