package dev.rollcall.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A real PostgreSQL as a child process, on the loopback address only, with the empty database `rollcall`.
///
/// The data outlives the server: starting again on the same folder finds it. Every local user may connect as any role
/// without a password, so this is for a laptop and for tests.
public final class PostgresServer implements AutoCloseable {

    /// The superuser; it owns the ledger.
    public static final String OWNER = "postgres";

    /// The ledger's database.
    public static final String DATABASE = "rollcall";

    private static final Duration START = Duration.ofSeconds(60); // after a crash it first reads its log

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("jit", "off"), // our statements are short: compiling them costs more than running them
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"));

    private final ServerProcess process;
    private final int port;

    private PostgresServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts the server and waits until it answers. Port 0 takes any free one.
    public static PostgresServer start(Path dataFolder, int port) {
        return start(dataFolder, port, Map.of());
    }

    /// Starts with settings of postgresql.conf that differ from ours, such as `fsync=off` where nothing has to last.
    public static PostgresServer start(Path dataFolder, int port, Map<String, String> settings) {
        int chosen = Ports.choose(port);
        DataFolder folder = DataFolder.open(dataFolder);
        Path cluster = folder.resolve("data");
        Path log = folder.resolve("postgres.log");
        var process = ServerProcess.start(
                "PostgreSQL",
                "INT",
                folder,
                log,
                () -> command(prepare(folder, log), cluster, chosen, settings),
                started -> {
                    started.awaitReady(START, () -> isReady(cluster, started.pid()));
                    createDatabase(chosen);
                });
        return new PostgresServer(process, chosen);
    }

    /// Deletes the data, and stops a server that a killed launcher left on it.
    public static void erase(Path dataFolder) {
        try (DataFolder folder = DataFolder.open(dataFolder)) {
            leftOver(folder).stop("INT");
            Folders.delete(folder.resolve("data"));
        }
    }

    private static LeftOver leftOver(DataFolder folder) {
        return new LeftOver(folder.resolve("data/postmaster.pid"), folder.path());
    }

    private static PostgresBinaries prepare(DataFolder folder, Path log) {
        Path cluster = folder.resolve("data");
        leftOver(folder).stop("INT");
        var binaries = PostgresBinaries.unpacked();
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            create(binaries, cluster, log);
        }
        return binaries;
    }

    /// Creates beside the final place and moves, so that a half-made cluster is never taken for a whole one.
    private static void create(PostgresBinaries binaries, Path cluster, Path log) {
        Path part = cluster.resolveSibling("data.part");
        try {
            Folders.delete(part);
            // the same order of text on every system, whatever its locales
            var command = unprivileged(List.of(
                    binaries.program("initdb"),
                    "-D",
                    part.toString(),
                    "-U",
                    OWNER,
                    "-A",
                    "trust",
                    "-E",
                    "UTF8",
                    "--no-sync", // nothing to lose yet
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8"));
            Programs.run("PostgreSQL's initdb", command, log);
            Files.move(part, cluster);
        } catch (IOException e) {
            throw new ServerFailure("Can't create PostgreSQL's data in %s: %s".formatted(cluster, e.getMessage()), e);
        }
    }

    private static List<String> command(PostgresBinaries binaries, Path cluster, int port, Map<String, String> more) {
        var settings = new LinkedHashMap<>(SETTINGS);
        settings.put("port", Integer.toString(port));
        settings.putAll(more);
        var command = new ArrayList<>(List.of(binaries.program("postgres"), "-D", cluster.toString()));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return unprivileged(command);
    }

    /// PostgreSQL refuses to run as root. In a user namespace of its own it isn't root, and still owns its files.
    private static List<String> unprivileged(List<String> command) {
        if (!"root".equals(System.getProperty("user.name")) || !Programs.installed("unshare")) {
            return command;
        }
        if (!Programs.succeeds("unshare", "-U", "true")) {
            throw new ServerFailure("PostgreSQL won't run as root, and this system allows no user namespaces "
                    + "('unshare -U true' fails). Start Rollcall as another user, or use a PostgreSQL of your own.");
        }
        var full = new ArrayList<>(List.of("unshare", "-U"));
        full.addAll(command);
        return full;
    }

    /// The server's own word: the eighth line of its pid file.
    private static boolean isReady(Path cluster, long pid) {
        try {
            List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
            return lines.size() >= 8
                    && lines.getFirst().strip().equals(Long.toString(pid))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false; // not written yet
        }
    }

    private static void createDatabase(int port) {
        try (Connection connection = DriverManager.getConnection(url(port, "postgres"), OWNER, "");
                var statement = connection.createStatement()) {
            var found = statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'");
            if (!found.next()) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException e) {
            throw new ServerFailure("PostgreSQL runs, but can't create the database: " + e.getMessage(), e);
        }
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /// The address of the database `rollcall`. Any role connects without a password; [#OWNER] may do everything.
    public String jdbcUrl() {
        return url(port, DATABASE);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// SIGKILL, as a crash: the next start on the same folder recovers from the log.
    public void kill() {
        process.kill();
    }

    /// Stops in "fast" mode: connections are cut, what is committed is on disk. Bounded; insists in the end.
    @Override
    public void close() {
        process.stop();
    }
}
