package dev.rollcall.bench.peer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.bench.peer.program.DbSchedulerProgram;
import dev.rollcall.bench.peer.program.JobRunrProgram;
import dev.rollcall.bench.subject.Database;
import dev.rollcall.servers.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Starts peers on the PostgreSQL that Rollcall runs on, each in a database of its own that is made anew.
///
/// @param programs where the packages of those that run on Node.js are kept
/// @param logs what they print to standard error
/// @param changes settings of theirs that somebody wants to be otherwise, by [#known]
public record Peers(Path programs, Path logs, Map<String, Integer> changes) {

    private static final Duration START = Duration.ofMinutes(2);

    /// A peer that runs.
    ///
    /// @param servers what it alone needs, by name: process ids
    /// @param leave what to do when it has gone
    public record Running(Peer peer, PeerProcess process, Map<String, Long> servers, Runnable leave)
            implements AutoCloseable {

        public Map<String, Long> pids() {
            var pids = new HashMap<>(servers);
            pids.put(peer.title(), process.pid());
            return pids;
        }

        /// @see PeerProcess#ask
        public JsonNode ask(Map<String, ?> question, Duration bound) throws InterruptedException {
            return process.ask(question, bound);
        }

        @Override
        public void close() {
            try {
                process.close();
            } finally {
                leave.run();
            }
        }
    }

    /// The names of the settings of those that are wanted, such as `graphile-worker.localQueueSize`.
    ///
    /// @param wanted by title
    public static SortedSet<String> known(Predicate<String> wanted) {
        var known = new TreeSet<String>();
        for (Peer peer : Peer.values()) {
            if (wanted.test(peer.title())) {
                peer.settings(1).keySet().forEach(setting -> known.add(name(peer, setting)));
            }
        }
        return known;
    }

    private static String name(Peer peer, String setting) {
        return peer.title() + "." + setting;
    }

    /// What a peer is to be told with each question.
    ///
    /// @param concurrency tasks that have to run at one time, at least
    public Map<String, Integer> settings(Peer peer, int concurrency) {
        return changed(peer, peer.settings(concurrency));
    }

    /// The same where a job is to start soon.
    public Map<String, Integer> settingsForLatency(Peer peer) {
        return changed(peer, peer.settingsForLatency());
    }

    private Map<String, Integer> changed(Peer peer, Map<String, Integer> settings) {
        var changed = new TreeMap<>(settings);
        changed.replaceAll((setting, value) -> changes.getOrDefault(name(peer, setting), value));
        return changed;
    }

    /// The versions of what they run on, where it is here, and of those that are wanted.
    ///
    /// @param wanted by title
    public Map<String, String> versions(Predicate<String> wanted) {
        var versions = new LinkedHashMap<String, String>();
        for (Peer peer : Peer.values()) {
            if (wanted.test(peer.title())) {
                versions.put(peer.title(), peer.version());
            }
        }
        Optional.ofNullable(new NodePrograms(programs).nodeVersion()).ifPresent(it -> versions.put("Node.js", it));
        Optional.ofNullable(VersionOf.program(Redis.PROGRAM)).ifPresent(it -> versions.put("Redis", it));
        return versions;
    }

    /// @param jdbcUrl of the server
    /// @param keep whether answers are to last, where that is the server's matter
    /// @throws Unavailable if it can't be had here
    public Running start(Peer peer, String jdbcUrl, boolean keep) throws Unavailable, InterruptedException {
        if (peer == Peer.BULLMQ) {
            var redis = Redis.start(logs, keep);
            return start(peer, Integer.toString(redis.port()), Map.of("redis", redis.pid()), redis::close);
        }
        String database = "peer_" + peer.title().replace('-', '_');
        execute(jdbcUrl, "create database " + database);
        String its = jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1) + database;
        // what it leaves would be vacuumed while others are measured
        return start(
                peer,
                address(its, peer.isJava()),
                Map.of(),
                () -> execute(jdbcUrl, "drop database %s with (force)".formatted(database)));
    }

    private Running start(Peer peer, String address, Map<String, Long> servers, Runnable leave)
            throws Unavailable, InterruptedException {
        Running running;
        try {
            var command = new ArrayList<>(command(peer));
            command.add(address);
            var process = PeerProcess.start(command, Map.of(), logs.resolve(peer.title() + ".log"));
            running = new Running(peer, process, servers, leave);
        } catch (RuntimeException | Unavailable e) {
            leave.run();
            throw e;
        }
        try {
            running.ask(Map.of("what", "start"), START);
            return running;
        } catch (RuntimeException | InterruptedException e) {
            running.close();
            throw e;
        }
    }

    private List<String> command(Peer peer) throws Unavailable {
        return switch (peer) {
            case GRAPHILE_WORKER, PG_BOSS, BULLMQ -> new NodePrograms(programs).command(peer.title());
            case DB_SCHEDULER -> java(DbSchedulerProgram.class);
            case JOBRUNR -> java(JobRunrProgram.class);
        };
    }

    /// This very class path, the heap that Rollcall's services have twice.
    private static List<String> java(Class<?> program) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
    }

    private static void execute(String jdbcUrl, String sql) {
        try (var database = new Database(jdbcUrl)) {
            database.execute(sql);
        }
    }

    private static String address(String jdbcUrl, boolean java) {
        if (java) {
            return jdbcUrl + "?user=" + PostgresServer.OWNER;
        }
        var plain = URI.create(jdbcUrl.substring("jdbc:".length()));
        return "postgres://%s@%s:%d%s"
                .formatted(PostgresServer.OWNER, plain.getHost(), plain.getPort(), plain.getPath());
    }
}
