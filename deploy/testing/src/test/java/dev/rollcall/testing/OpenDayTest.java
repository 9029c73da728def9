package dev.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class OpenDayTest {
    private static final String OPEN = "select open_day('2031-05-17')";

    @Test
    void whoeverWaitedForAnotherToOpenADayFindsItOpen() throws Exception {
        Sql sql = new Sql(Backends.adminDataSource());
        try (var callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection first = Backends.ownerConnection();
                Connection second = Backends.ownerConnection()) {
            first.setAutoCommit(false);
            open(first);
            var waiting = callers.submit(() -> open(second));
            await().until(() -> sql.query(
                            row -> row.getInt(1),
                            "select count(*) from pg_locks where locktype = 'advisory' and not granted")
                    .contains(1));
            first.commit();
            assertThatCode(waiting::get).doesNotThrowAnyException();
        }
    }

    private static boolean open(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(OPEN);
        }
    }
}
