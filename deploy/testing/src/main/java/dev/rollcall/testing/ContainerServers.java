package dev.rollcall.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// Servers in containers. Testcontainers removes them after this JVM.
final class ContainerServers {

    private static final String PASSWORD = "rollcall";
    private static final List<String> ROLES =
            List.of("rollcall_trigger", "rollcall_worker", "rollcall_reconciler", "rollcall_postcheck", "rollcall_api");

    /// The same rules as for the embedded broker, see its settings.
    private static final Map<String, String> BROKER = Map.of(
            "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
            "KAFKA_LOG_MESSAGE_TIMESTAMP_TYPE", "LogAppendTime",
            "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1",
            "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0",
            "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");

    private ContainerServers() {}

    /// Asks the engine only where there may be one: Testcontainers reports at length what it didn't find.
    static boolean areAvailable() {
        String home = System.getProperty("user.home");
        String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", home + "/.docker/run");
        boolean told = System.getenv("DOCKER_HOST") != null;
        boolean traces = Stream.of(
                        "/var/run/docker.sock",
                        runtime + "/docker.sock",
                        home + "/.docker/run/docker.sock",
                        home + "/.docker/desktop/docker.sock",
                        home + "/.testcontainers.properties")
                .anyMatch(file -> Files.exists(Path.of(file)));
        return (told || traces) && DockerClientFactory.instance().isDockerAvailable();
    }

    @SuppressWarnings("resource") // they end with this JVM
    static Servers start() {
        var postgres = new PostgreSQLContainer("postgres:18")
                .withDatabaseName("rollcall")
                .withUsername(Servers.OWNER)
                .withPassword(PASSWORD)
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200", "-c", "jit=off");
        var kafka = new KafkaContainer("apache/kafka:4.2.1").withEnv(BROKER);
        Startables.deepStart(postgres, kafka).join();
        return new Servers(postgres.getJdbcUrl(), kafka.getBootstrapServers(), PASSWORD);
    }

    /// The migrations give the roles no password; a container's PostgreSQL wants one.
    static void setPasswords(Servers servers) {
        try (var connection = DriverManager.getConnection(servers.jdbcUrl(), Servers.OWNER, PASSWORD);
                var statement = connection.createStatement()) {
            for (String role : ROLES) {
                statement.execute("alter role %s password '%s'".formatted(role, PASSWORD));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Can't set the roles' passwords", e);
        }
    }
}
