package dev.rollcall.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/// A real Apache Kafka broker, its own controller, in a JVM of its own with a class path of its own: its version isn't
/// the clients'. On the loopback address only.
///
/// The records outlive the broker: starting again on the same folder and port finds them.
public final class KafkaServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final ServerProcess process;
    private final int port;

    private KafkaServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts the broker and waits until it takes part in its cluster. Port 0 takes any free one.
    public static KafkaServer start(Path dataFolder, int port) {
        return start(dataFolder, port, List.of());
    }

    /// @param more further doors of the same broker
    public static KafkaServer start(Path dataFolder, int port, List<Listener> more) {
        int chosen = Ports.choose(port);
        DataFolder folder = DataFolder.open(dataFolder);
        Path log = folder.resolve("kafka.log");
        var process =
                ServerProcess.start("Kafka", "TERM", folder, log, () -> prepare(folder, chosen, more, log), started -> {
                    Files.writeString(leftOver(folder).pidFile(), Long.toString(started.pid()));
                    awaitAnswer(started, chosen);
                });
        return new KafkaServer(process, chosen);
    }

    /// Deletes the records, and stops a broker that a killed launcher left on them.
    public static void erase(Path dataFolder) {
        try (DataFolder folder = DataFolder.open(dataFolder)) {
            leftOver(folder).stop("KILL");
            Folders.delete(folder.resolve("data"));
        }
    }

    private static LeftOver leftOver(DataFolder folder) {
        return new LeftOver(folder.resolve("kafka.pid"), folder.path());
    }

    private static List<String> prepare(DataFolder folder, int port, List<Listener> more, Path log) throws IOException {
        leftOver(folder).stop("TERM");
        var jvm = BrokerJvm.find();
        var settings = new BrokerSettings(folder.resolve("data"), port, Ports.free(), more);
        settings.write(folder.resolve("server.properties"), folder.resolve("log4j2.properties"));
        if (!Files.exists(settings.data().resolve("meta.properties"))) {
            Programs.run(
                    "Kafka's storage tool", jvm.format(folder, Uuid.randomUuid().toString()), log);
        }
        return jvm.broker(folder);
    }

    private static void awaitAnswer(ServerProcess process, int port) {
        Map<String, Object> client = Map.of(
                "reconnect.backoff.ms", 20,
                "reconnect.backoff.max.ms", 100,
                "default.api.timeout.ms", 60_000);
        process.awaitReady(START, () -> Ports.answers(port));
        try (Admin admin = Admins.create("127.0.0.1:" + port, client)) {
            process.awaitReady(START, () -> hasNode(admin));
        }
    }

    private static boolean hasNode(Admin admin) {
        try {
            return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted while Kafka started", e);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
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

    /// SIGKILL, as a crash.
    public void kill() {
        process.kill();
    }

    /// SIGTERM, and SIGKILL if it takes too long.
    @Override
    public void close() {
        process.stop();
    }
}
