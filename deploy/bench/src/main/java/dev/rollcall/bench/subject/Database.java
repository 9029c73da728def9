package dev.rollcall.bench.subject;

import dev.rollcall.servers.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// One connection as the owner, for whoever looks from outside.
public final class Database implements AutoCloseable {

    private final Connection connection;

    public Database(String jdbcUrl) {
        try {
            connection = DriverManager.getConnection(jdbcUrl, PostgresServer.OWNER, "");
        } catch (SQLException e) {
            throw new LedgerFailure("no connection to " + jdbcUrl, e);
        }
    }

    /// Reads a row of an answer.
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Works on the connection itself.
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    public <T> List<T> query(Row<T> row, String sql, Object... values) {
        return with(sql, open -> {
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                var all = new ArrayList<T>();
                for (ResultSet rows = statement.executeQuery(); rows.next(); ) {
                    all.add(row.read(rows));
                }
                return all;
            }
        });
    }

    public long number(String sql, Object... values) {
        return query(row -> row.getLong(1), sql, values).getFirst();
    }

    public void execute(String sql) {
        with(sql, open -> {
            try (var statement = open.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /// All of it, or nothing.
    public <T> T transaction(String what, Work<T> work) {
        return with(what, open -> {
            open.setAutoCommit(false);
            try {
                T result = work.on(open);
                open.commit();
                return result;
            } finally {
                open.rollback(); // nothing is left to undo after the commit
                open.setAutoCommit(true);
            }
        });
    }

    private <T> T with(String what, Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new LedgerFailure(what, e);
        }
    }

    @Override
    public void close() {
        with("close", open -> {
            open.close();
            return true;
        });
    }
}
