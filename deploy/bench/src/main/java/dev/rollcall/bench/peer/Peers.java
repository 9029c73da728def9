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

/// Starts peers on the PostgreSQL that Rollcall runs on, each in a database of its own that is made anew.
///
/// @param programs where the packages of those that run on Node.js are kept
/// @param logs what they print to standard error
public record Peers(Path programs, Path logs) {

    private static final Duration START = Duration.ofMinutes(2);

    /// A peer that runs.
    public record Running(Peer peer, PeerProcess process, List<Redis> servers) implements AutoCloseable {

        public Map<String, Long> pids() {
            var pids = new HashMap<>(Map.of(peer.title(), process.pid()));
            servers.forEach(server -> pids.put("redis", server.pid()));
            return pids;
        }

        /// @see PeerProcess#ask
        public JsonNode ask(Map<String, ?> question, Duration bound) throws InterruptedException {
            return process.ask(question, bound);
        }

        @Override
        public void close() {
            process.close();
            servers.forEach(Redis::close);
        }
    }

    /// The versions of what they run on, and of all that run: those that are here.
    public Map<String, String> versions() {
        var versions = new LinkedHashMap<String, String>();
        for (Peer peer : Peer.values()) {
            versions.put(peer.title(), peer.version());
        }
        Optional.ofNullable(new NodePrograms(programs).nodeVersion()).ifPresent(it -> versions.put("Node.js", it));
        Optional.ofNullable(VersionOf.program(Redis.PROGRAM)).ifPresent(it -> versions.put("Redis", it));
        return versions;
    }

    /// @param jdbcUrl of the server
    /// @param keep whether answers are to last, where that is the server's matter
    /// @throws Unavailable if it can't be had here
    public Running start(Peer peer, String jdbcUrl, boolean keep) throws Unavailable, InterruptedException {
        var servers = new ArrayList<Redis>();
        var command = new ArrayList<>(command(peer));
        if (peer == Peer.BULLMQ) {
            var redis = Redis.start(logs, keep);
            servers.add(redis);
            command.add(Integer.toString(redis.port()));
        } else {
            command.add(address(freshDatabase(peer, jdbcUrl), peer.isJava()));
        }
        try {
            var process = PeerProcess.start(command, Map.of(), logs.resolve(peer.title() + ".log"));
            var running = new Running(peer, process, servers);
            return begun(running);
        } catch (RuntimeException e) {
            servers.forEach(Redis::close);
            throw e;
        }
    }

    private static Running begun(Running running) throws InterruptedException {
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

    private static String freshDatabase(Peer peer, String jdbcUrl) {
        String name = "peer_" + peer.title().replace('-', '_');
        try (var database = new Database(jdbcUrl)) {
            database.execute("drop database if exists %s with (force)".formatted(name));
            database.execute("create database " + name);
        }
        return jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1) + name;
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
