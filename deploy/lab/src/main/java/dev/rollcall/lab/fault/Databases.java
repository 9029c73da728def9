package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;

/// PostgreSQL that comes back, and connections that end without a word.
final class Databases {

    private static final int MOST_CONNECTIONS = 200;
    private static final int LEFT = 8;
    private static final Duration AWAY = Duration.ofSeconds(1);
    private static final int TERMINATIONS = 40;
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration REFUSED = Duration.ofMinutes(1);

    private Databases() {}

    /// P1
    static void restarted(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(20, 5);
        for (String signal : new String[] {"INT", "QUIT"}) {
            scene.awaitRunning(10);
            scene.note("PostgreSQL is sent SIG%s and started again".formatted(signal));
            scene.nemesis().restartPostgres(signal, AWAY);
            long over = scene.over();
            scene.awaitFinal(over + 20);
        }
        scene.heal();
    }

    /// P3
    static void terminated(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(25, 5);
        scene.awaitRunning(10);
        int gone = 0;
        for (int n = 0; n < TERMINATIONS; n++) {
            gone += terminateOne(scene);
            Await.rest(BETWEEN);
        }
        scene.note("%d backends terminated".formatted(gone));
        scene.heal();
    }

    private static int terminateOne(Scene scene) {
        try (var connection = scene.lab().ledger();
                var statement = connection.prepareStatement("""
                        select pg_terminate_backend(pid) from pg_stat_activity where usename like 'rollcall_%'
                        order by hashint8extended(pid, ?) limit 1
                        """)) {
            statement.setLong(1, scene.random().nextLong());
            try (var found = statement.executeQuery()) {
                return found.next() ? 1 : 0;
            }
        } catch (SQLException e) {
            throw new LabFailure("no backend can be terminated: " + e.getMessage(), e);
        }
    }

    /// P2
    static void killedFiveTimes(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(60, 10);
        for (int n = 0; n < 5; n++) {
            long over = scene.over();
            scene.awaitFinal(over + 20);
            scene.note("kill -9 PostgreSQL");
            scene.nemesis().restartPostgres("KILL", AWAY);
        }
        scene.heal();
    }

    /// P4
    static void awayForLong(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(40, 10);
        scene.awaitRunning(10);
        scene.note("PostgreSQL is away for 30 s");
        scene.nemesis().restartPostgres("INT", Duration.ofSeconds(30));
        scene.heal();
    }

    /// P5
    static void locked(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(40, 10);
        scene.awaitRunning(10);
        try (var connection = scene.lab().ledger();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from rollcall.task where id in (select id from lab.scope) for update");
            scene.note("every task is locked for 20 s");
            Await.rest(Duration.ofSeconds(20));
            connection.rollback();
        } catch (SQLException e) {
            throw new LabFailure("the rows can't be locked: " + e.getMessage(), e);
        }
        scene.heal();
    }

    /// P7
    static void crowded(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(40, 10);
        scene.awaitRunning(10);
        var taken = new ArrayList<Connection>();
        try {
            while (taken.size() < MOST_CONNECTIONS && free(scene) > LEFT) {
                taken.add(scene.lab().ledger());
            }
            scene.note("%d connections are taken, %d are left".formatted(taken.size(), free(scene)));
            terminateOne(scene);
            Await.rest(Duration.ofSeconds(20));
        } finally {
            taken.forEach(Databases::close);
        }
        scene.heal();
    }

    /// P8
    static void unsafe(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(20, 5);
        var workers = Processes.workers(scene);
        for (Unsafe role : Unsafe.values()) {
            scene.awaitRunning(10);
            workers.forEach(scene.nemesis()::kill);
            execute(scene, role.given);
            try {
                workers.forEach(scene.nemesis()::raise);
                scene.require("no worker runs whose role is " + role.phrase, REFUSED, () -> workers.stream()
                        .noneMatch(scene.lab().system()::isAlive));
            } finally {
                execute(scene, role.taken);
            }
            scene.note("the workers stop, as their role is " + role.phrase);
            workers.forEach(worker -> saysWhy(scene, worker, role));
            workers.forEach(scene.nemesis()::raise);
        }
        scene.heal();
    }

    /// What a role may not be.
    private enum Unsafe {
        SUPERUSER("a superuser", "superuser", "nosuperuser"),
        ABOVE_ROW_SECURITY("allowed to bypass it", "bypassrls", "nobypassrls"),
        FORGETFUL("synchronous_commit is off", "set synchronous_commit = off", "reset synchronous_commit");

        private final String phrase;
        private final String given;
        private final String taken;

        /// @param phrase what a service says of it
        Unsafe(String phrase, String given, String taken) {
            this.phrase = phrase;
            this.given = "alter role rollcall_worker " + given;
            this.taken = "alter role rollcall_worker " + taken;
        }
    }

    private static void execute(Scene scene, String sql) {
        try (var connection = scene.lab().ledger();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LabFailure("'%s' fails: %s".formatted(sql, e.getMessage()), e);
        }
    }

    private static void saysWhy(Scene scene, String worker, Unsafe role) {
        try {
            if (!Files.readString(scene.lab().system().log(worker)).contains(role.phrase)) {
                throw new LabFailure(
                        "%s has stopped and does not say that its role is %s".formatted(worker, role.phrase));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long free(Scene scene) {
        try (var connection = scene.lab().ledger();
                var statement = connection.createStatement();
                var found = statement.executeQuery("""
                        select current_setting('max_connections')::int - count(*) from pg_stat_activity
                        where backend_type = 'client backend'
                        """)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw new LabFailure("the connections can't be counted: " + e.getMessage(), e);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new LabFailure("a connection can't be given back: " + e.getMessage(), e);
        }
    }
}
