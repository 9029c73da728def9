package dev.rollcall.testing;

import dev.rollcall.servers.LedgerSchema;
import dev.rollcall.servers.TopicDeclarations;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/// Real PostgreSQL and Kafka for the tests of every service: migrated, topics created, started once in a JVM.
///
/// ```java
/// @QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_worker"))
/// ```
///
/// In containers where a container engine answers, as child processes otherwise;
/// `-Drollcall.test.backends=embedded|containers` decides it. Tests without Quarkus use [#shared()].
public final class Backends implements QuarkusTestResourceLifecycleManager {

    private static final String KIND = "rollcall.test.backends";
    private static final String RUNNING = "rollcall.test.running.";

    private String role = Servers.OWNER;

    @Override
    public void init(Map<String, String> arguments) {
        role = arguments.getOrDefault("role", Servers.OWNER);
    }

    @Override
    public Map<String, String> start() {
        Servers servers = shared();
        var config = new HashMap<String, String>();
        config.put("quarkus.datasource.jdbc.url", servers.jdbcUrl());
        config.put("quarkus.datasource.username", role);
        config.put("kafka.bootstrap.servers", servers.bootstrapServers());
        if (!servers.password().isEmpty()) {
            config.put("quarkus.datasource.password", servers.password());
        }
        return config;
    }

    /// The servers end with the JVM, as the next test class needs them too.
    @Override
    public void stop() {}

    /// The one pair of servers, started if it isn't running yet. Quarkus loads this class more than once, so it is the
    /// JVM's system properties that remember.
    public static Servers shared() {
        synchronized (Runtime.getRuntime()) {
            String url = System.getProperty(RUNNING + "jdbc-url");
            if (url == null) {
                return remember(start(kind()));
            }
            return new Servers(
                    url,
                    System.getProperty(RUNNING + "bootstrap-servers", ""),
                    System.getProperty(RUNNING + "password", ""));
        }
    }

    private static Servers remember(Servers servers) {
        System.setProperty(RUNNING + "bootstrap-servers", servers.bootstrapServers());
        System.setProperty(RUNNING + "password", servers.password());
        System.setProperty(RUNNING + "jdbc-url", servers.jdbcUrl());
        return servers;
    }

    private enum Kind {
        EMBEDDED,
        CONTAINERS
    }

    private static Kind kind() {
        return switch (System.getProperty(KIND, "")) {
            case "embedded" -> Kind.EMBEDDED;
            case "containers" -> Kind.CONTAINERS;
            case "" -> ContainerServers.areAvailable() ? Kind.CONTAINERS : Kind.EMBEDDED;
            case String other ->
                throw new IllegalArgumentException("-D%s is embedded or containers, not %s".formatted(KIND, other));
        };
    }

    private static Servers start(Kind kind) {
        Servers servers =
                switch (kind) {
                    case EMBEDDED -> EmbeddedServers.start();
                    case CONTAINERS -> ContainerServers.start();
                };
        LedgerSchema.migrate(servers.jdbcUrl(), Servers.OWNER, servers.password());
        if (kind == Kind.CONTAINERS) {
            ContainerServers.setPasswords(servers);
        }
        TopicDeclarations.load().createMissing(servers.bootstrapServers());
        return servers;
    }

    public static String jdbcUrl() {
        return shared().jdbcUrl();
    }

    public static String bootstrapServers() {
        return shared().bootstrapServers();
    }

    /// The ledger from outside, as its owner.
    public static DataSource adminDataSource() {
        return shared().ownerDataSource();
    }

    public static Connection ownerConnection() throws SQLException {
        return shared().ownerConnection();
    }
}
