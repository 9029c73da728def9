package dev.rollcall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One cluster for all tests: each finds what the one before left, as a launcher does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresServerTest {

    private final Path folder;

    PostgresServerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void keepsItsDataThroughARestartAndACrash() throws SQLException {
        int port;
        try (var first = PostgresServer.start(folder, 0)) {
            port = first.port();
            execute(first, "create table kept as select 1 as n");
        }
        var second = PostgresServer.start(folder, port);
        execute(second, "insert into kept values (2)");
        second.kill();
        try (var third = PostgresServer.start(folder, port)) {
            assertThat(ask(third, "select sum(n) from kept")).isEqualTo("3");
        }
    }

    @Test
    void leavesNoProcessBehindEvenWithAClientConnected() throws SQLException {
        var server = PostgresServer.start(folder, 0);
        try (Connection idle = DriverManager.getConnection(server.jdbcUrl(), PostgresServer.OWNER, "")) {
            server.close();
            assertThat(idle.isValid(1)).isFalse();
        }
        assertThat(ProcessHandle.of(server.pid())).isEmpty();
        assertThat(ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").contains(folder.toString())))
                .isEmpty();
    }

    @Test
    void isTunedDurableAndOnTheLoopbackOnly() throws SQLException {
        try (var server = PostgresServer.start(folder, 0)) {
            assertThat(ask(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(server, "show shared_buffers")).isEqualTo("256MB");
            assertThat(ask(server, "show fsync")).isEqualTo("on");
            assertThat(ask(server, "show jit")).isEqualTo("off");
            assertThat(ask(server, "show server_version")).startsWith("18.");
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        try (var server = PostgresServer.start(folder, 0)) {
            assertThatThrownBy(() -> PostgresServer.start(folder, 0))
                    .isInstanceOf(ServerFailure.class)
                    .hasMessageContaining("in use by another Rollcall");
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void saysWhyItDidNotStart() {
        assertThatThrownBy(() -> PostgresServer.start(folder, 0, Map.of("shared_buffers", "plenty")))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("ended with status 1")
                .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
    }

    @Test
    void ignoresAPidFileThatSpeaksOfAStranger() throws Exception {
        PostgresServer.start(folder, 0).close();
        long us = ProcessHandle.current().pid();
        Files.writeString(folder.resolve("data/postmaster.pid"), us + "\n" + folder + "/data\n");
        try (var server = PostgresServer.start(folder, 0)) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), PostgresServer.OWNER, "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), PostgresServer.OWNER, "");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
