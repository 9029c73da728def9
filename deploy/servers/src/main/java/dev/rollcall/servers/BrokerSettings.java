package dev.rollcall.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a single broker is told: one node that is its own controller, on the loopback address only.
record BrokerSettings(Path data, int port, int controllerPort, List<Listener> more) {

    /// For one node, and for tests that don't wait; everything else is Kafka's default.
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            // topics are declared, never invented by a client that names one
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("log.message.timestamp.type", "LogAppendTime"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            // after a crash the node's former life must be over before the next one may register
            Map.entry("broker.heartbeat.interval.ms", "250"),
            Map.entry("broker.session.timeout.ms", "2000"));

    private static final String LOGGING = """
            status = error
            appender.out.type = Console
            appender.out.name = out
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %d %-5p %c{1} %m%n
            rootLogger.level = warn
            rootLogger.appenderRef.out.ref = out
            logger.started.name = kafka.server.KafkaRaftServer
            logger.started.level = info
            """;

    /// Writes both files into the folder, anew for each start: the ports may be others.
    void write(Path settings, Path logging) throws IOException {
        var properties = new Properties();
        properties.putAll(FIXED);
        properties.put("log.dirs", data.toString());
        properties.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT" + each(Listener::protocol));
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort)
                        + each(Listener::listens));
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port + each(Listener::advertises));
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        try (var writer = Files.newBufferedWriter(settings)) {
            properties.store(writer, "Written at every start");
        }
        Files.writeString(logging, LOGGING);
    }

    private String each(Function<Listener, String> part) {
        return more.stream().map(part).collect(Collectors.joining());
    }
}
