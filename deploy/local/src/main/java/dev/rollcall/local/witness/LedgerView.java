package dev.rollcall.local.witness;

import dev.rollcall.servers.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the ledger says of every prompt's task: read from its tables, past the services.
///
/// @param answers the answers that count
/// @param broken the claims whose call was broken off: its worker died, or somebody cancelled it
public record LedgerView(List<Task> tasks, List<CountedAnswer> answers, Set<Claim> broken) {

    public record Task(long id, String state) {}

    /// One claim of a task.
    public record Claim(long task, int attempt) {}

    public record CountedAnswer(Claim claim, @Nullable String answer) {}

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// @throws IllegalStateException if the ledger can't be read
    public static LedgerView read(String jdbcUrl) {
        try (var connection = DriverManager.getConnection(jdbcUrl, PostgresServer.OWNER, "")) {
            var tasks = rows(connection, """
                    select t.id, t.state
                    from rollcall.task t
                    join rollcall.lane l on l.id = t.id >> 24
                    join rollcall.provider p on p.id = l.provider
                    """, row -> new Task(row.getLong("id"), row.getString("state")));
            var answers = rows(connection, """
                    select task, attempt, answer from rollcall.attempt where outcome = 'succeeded' and not late
                    """, row -> new CountedAnswer(claim(row), row.getString("answer")));
            var broken = rows(connection, """
                    select task, attempt from rollcall.attempt where outcome in ('died', 'cancelled', 'not_yet')
                    """, LedgerView::claim);
            return new LedgerView(tasks, answers, new HashSet<>(broken));
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger can't be read: " + e.getMessage(), e);
        }
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(row.getLong("task"), row.getInt("attempt"));
    }

    private static <T> List<T> rows(Connection connection, String sql, Row<T> row) throws SQLException {
        var all = new ArrayList<T>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            while (found.next()) {
                all.add(row.read(found));
            }
        }
        return all;
    }
}
