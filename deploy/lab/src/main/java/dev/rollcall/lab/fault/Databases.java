package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import java.sql.SQLException;
import java.time.Duration;

/// PostgreSQL that comes back, and connections that end without a word.
final class Databases {

    private static final Duration AWAY = Duration.ofSeconds(1);
    private static final int TERMINATIONS = 40;
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private Databases() {}

    /// P1
    static void restarted(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(80, 10);
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
        scene.work().mixture(80, 10);
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
}
