package dev.rollcall.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Statements of a fixture, each with its own connection and committed at once.
record Sql(DataSource dataSource) {

    private static final String DEADLOCK = "40P01";

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Tries again when it lost a deadlock against a service that is at work: nothing of it has happened then.
    void execute(String sql, Object... values) {
        while (!executed(sql, values)) {
            Thread.onSpinWait();
        }
    }

    private boolean executed(String sql, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepare(connection, sql, values)) {
            statement.execute();
            return true;
        } catch (SQLException e) {
            if (DEADLOCK.equals(e.getSQLState())) {
                return false;
            }
            throw new IllegalStateException("%s, in:%n%s".formatted(e.getMessage(), sql), e);
        }
    }

    <T> List<T> query(Row<T> row, String sql, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("%s, in:%n%s".formatted(e.getMessage(), sql), e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
