package dev.rollcall.testing;

import dev.rollcall.servers.FolderInUse;
import dev.rollcall.servers.KafkaServer;
import dev.rollcall.servers.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Servers as child processes, empty, in the module's `target` folder. They end with this JVM; those of a JVM that was
/// killed are stopped by the next one.
final class EmbeddedServers {

    private static final int MOST_AT_ONCE = 16;

    private EmbeddedServers() {}

    static Servers start() {
        var postgres = CompletableFuture.supplyAsync(() -> postgres(1));
        var kafka = CompletableFuture.supplyAsync(() -> kafka(1));
        try {
            return new Servers(postgres.join().jdbcUrl(), kafka.join().bootstrapServers(), "");
        } catch (CompletionException e) {
            // neither stays without the other, whichever comes up last
            var unused = postgres.thenAccept(PostgresServer::kill);
            var unusedToo = kafka.thenAccept(KafkaServer::kill);
            throw new IllegalStateException("The servers for the tests did not start: " + e.getMessage(), e);
        }
    }

    private static PostgresServer postgres(int n) {
        Path folder = folder("postgres", n);
        try {
            PostgresServer.erase(folder);
            var server = PostgresServer.start(folder, 0, Map.of("fsync", "off")); // nothing here outlasts a power cut
            endWithThisJvm(server.pid());
            return server;
        } catch (FolderInUse e) {
            return postgres(next(n, e));
        }
    }

    private static KafkaServer kafka(int n) {
        Path folder = folder("kafka", n);
        try {
            KafkaServer.erase(folder);
            var server = KafkaServer.start(folder, 0);
            endWithThisJvm(server.pid());
            return server;
        } catch (FolderInUse e) {
            return kafka(next(n, e));
        }
    }

    private static Path folder(String server, int n) {
        return Path.of("target", "test-servers", server + "-" + n);
    }

    private static int next(int n, FolderInUse stillInUse) {
        if (n == MOST_AT_ONCE) {
            throw stillInUse;
        }
        return n + 1; // an editor's tests beside the build's
    }

    /// Kills: the data has served. Runs no class of ours but this one, as class loaders may be closed by then.
    private static void endWithThisJvm(long pid) {
        ProcessHandle.of(pid).ifPresent(server -> Runtime.getRuntime()
                .addShutdownHook(new Thread(new Kill(server), "end of a test server")));
    }

    private record Kill(ProcessHandle server) implements Runnable {

        @Override
        public void run() {
            server.destroyForcibly();
        }
    }
}
