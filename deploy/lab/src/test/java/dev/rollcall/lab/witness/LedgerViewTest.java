package dev.rollcall.lab.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.lab.Await;
import dev.rollcall.servers.LedgerSchema;
import dev.rollcall.servers.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerViewTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void what_it_installs_and_a_service_that_locks_two_tables_do_not_wait_for_each_other() throws SQLException {
        try (var server = PostgresServer.start(folder, 0)) {
            LedgerSchema.migrate(server.jdbcUrl(), PostgresServer.OWNER, "");
            try (var service = connect(server);
                    var witness = connect(server)) {
                service.setAutoCommit(false);
                // as the dispatcher does that closes batches
                execute(service, "lock table rollcall.batch in row exclusive mode");
                var installed =
                        CompletableFuture.runAsync(new LedgerView(witness)::install, Thread::startVirtualThread);
                assertThat(Await.within(PATIENCE, Duration.ofMillis(10), () -> somebodyWaits(service)))
                        .isTrue();
                execute(service, "lock table rollcall.retry in row exclusive mode");
                service.commit();
                assertThat(installed).succeedsWithin(PATIENCE);
            }
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), PostgresServer.OWNER, "");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean somebodyWaits(Connection connection) {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select from pg_locks where not granted")) {
            return found.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
