package dev.rollcall.servers;

import java.nio.file.Path;

/// A launcher in a JVM of its own, for a test to kill. Says the servers' process numbers and then waits.
final class Launcher {

    private Launcher() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] folder) throws InterruptedException {
        var postgres = PostgresServer.start(Path.of(folder[0], "postgres"), 0);
        var kafka = KafkaServer.start(Path.of(folder[0], "kafka"), 0);
        System.out.printf("started %d %d%n", postgres.pid(), kafka.pid());
        Thread.currentThread().join();
    }
}
