package dev.rollcall.bench.peer;

import dev.rollcall.servers.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Redis of one's own, on the loopback address.
///
/// @param port where it listens
record Redis(Process process, int port) implements AutoCloseable {

    static final String PROGRAM = "redis-server";

    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// @param last whether what it has is written to a file, once a second
    static Redis start(Path folder, boolean last) throws Unavailable, InterruptedException {
        int port = Ports.free();
        var command = List.of(
                PROGRAM,
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                last ? "yes" : "no",
                "--appenddirname",
                "redis-" + port,
                "--maxmemory-policy",
                "noeviction");
        try {
            var process = new ProcessBuilder(command)
                    .directory(Files.createDirectories(folder).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of redis-server"));
            var redis = new Redis(process, port);
            redis.awaitReady();
            return redis;
        } catch (IOException e) {
            throw new Unavailable("there is no redis-server (Debian: apt-get install redis-server)");
        }
    }

    private void awaitReady() throws InterruptedException, Unavailable {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (var socket = new java.net.Socket()) {
                socket.connect(new java.net.InetSocketAddress("127.0.0.1", port), 500);
                return;
            } catch (IOException notYet) {
                Thread.sleep(Duration.ofMillis(20));
            }
        }
        process.destroyForcibly();
        throw new Unavailable("redis-server does not start");
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
