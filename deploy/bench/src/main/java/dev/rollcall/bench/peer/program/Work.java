package dev.rollcall.bench.peer.program;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.bench.subject.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/// What every peer's task does: sleep, make up the answer, keep it in a row if that is wanted, be counted.
final class Work {

    private static final int POOL = 20;

    private final DataSource database;
    private final Order order;
    private final CountDownLatch left;
    private final LongAdder numbers = new LongAdder();

    Work(DataSource database, Order order) {
        this.database = database;
        this.order = order;
        this.left = new CountDownLatch(order.tasks());
    }

    /// As both of the Java peers want it.
    static HikariDataSource pool(String jdbcUrl) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl + "&reWriteBatchedInserts=true");
        config.setMaximumPoolSize(POOL);
        return new HikariDataSource(config);
    }

    static void createTable(DataSource database) throws SQLException {
        execute(database, "create table result (n integer not null, output text not null)");
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long count(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    void run(int n) {
        try {
            if (order.millis() > 0) {
                Thread.sleep(order.millis());
            }
            String answer = order.answer(n);
            if (order.keep()) {
                keep(n, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (SQLException e) {
            throw new IllegalStateException("the answer can't be kept", e);
        }
        numbers.add(n);
        left.countDown();
    }

    private void keep(int n, String answer) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement("insert into result (n, output) values (?, ?)")) {
            statement.setInt(1, n);
            statement.setString(2, answer);
            statement.executeUpdate();
        }
    }

    /// Returns when every task has run.
    void await() throws InterruptedException {
        left.await();
    }

    Map<String, Long> told() {
        return Map.of("count", order.tasks() - left.getCount(), "numbers", numbers.sum());
    }

    /// What was kept.
    static Map<String, Long> kept(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        dev.rollcall.bench.figures.Checksum.SQL.formatted("output") + " from result")) {
            row.next();
            return Map.of("rows", row.getLong(1), "sum", row.getLong(2));
        }
    }
}
