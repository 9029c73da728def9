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

/// A real Apache Kafka broker, a controller too, in a JVM of its own with a class path of its own: its version isn't
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

    /// Starts the broker, alone, and waits until it answers. Port 0 takes any free one.
    public static KafkaServer start(Path dataFolder, int port) {
        var broker = Broker.ANYWHERE.at(Ports.choose(port));
        return start(
                dataFolder, 1, broker, List.of(Ports.free()), Uuid.randomUuid().toString());
    }

    /// Starts one node of a cluster and waits until it takes part in it, which takes a majority of the nodes.
    ///
    /// @param controllers as in [BrokerSettings]
    /// @param cluster which it belongs to, where it has no data yet
    static KafkaServer start(Path dataFolder, int id, Broker broker, List<Integer> controllers, String cluster) {
        DataFolder folder = DataFolder.open(dataFolder);
        Path log = folder.resolve("kafka.log");
        var settings = new BrokerSettings(folder.resolve("data"), id, broker, controllers);
        var process = ServerProcess.start(
                "Kafka", "TERM", folder, log, () -> prepare(folder, settings, cluster, log), started -> {
                    Files.writeString(leftOver(folder).pidFile(), Long.toString(started.pid()));
                    awaitAnswer(started, settings);
                });
        return new KafkaServer(process, broker.port());
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

    private static List<String> prepare(DataFolder folder, BrokerSettings settings, String cluster, Path log)
            throws IOException {
        leftOver(folder).stop("TERM");
        var jvm = BrokerJvm.find();
        settings.write(folder.resolve("server.properties"), folder.resolve("log4j2.properties"));
        if (!Files.exists(settings.data().resolve("meta.properties"))) {
            Programs.run("Kafka's storage tool", jvm.format(folder, cluster), log);
        }
        return jvm.broker(folder);
    }

    private static void awaitAnswer(ServerProcess process, BrokerSettings settings) {
        int port = settings.broker().port();
        Map<String, Object> client = Map.of(
                "reconnect.backoff.ms", 20,
                "reconnect.backoff.max.ms", 100,
                "default.api.timeout.ms", 60_000);
        process.awaitReady(START, () -> Ports.answers(port));
        try (Admin admin = Admins.create("127.0.0.1:" + port, client)) {
            process.awaitReady(START, () -> hasNode(admin, settings.id()));
        }
    }

    private static boolean hasNode(Admin admin, int id) {
        try {
            return admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).stream()
                    .anyMatch(node -> node.id() == id);
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
