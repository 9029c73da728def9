package dev.rollcall.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a broker is told: a node that is a controller too, on the loopback address only.
///
/// @param id the node's number in the cluster, from 1
/// @param controllers the controllers' ports, by node: a cluster of as many nodes, which keep a copy of every record
///     each
record BrokerSettings(Path data, int id, Broker broker, List<Integer> controllers) {

    /// For tests that don't wait; everything else is Kafka's default.
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            // topics are declared, never invented by a client that names one
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("log.message.timestamp.type", "LogAppendTime"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            // after a crash the node's former life must be over before the next one may register
            Map.entry("broker.heartbeat.interval.ms", "250"),
            Map.entry("broker.session.timeout.ms", "2000"));

    private static final List<String> COPIED = List.of(
            "default.replication.factor",
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "share.coordinator.state.topic.replication.factor");

    /// A record is taken when a majority has it.
    private static final List<String> MAJORITY =
            List.of("min.insync.replicas", "transaction.state.log.min.isr", "share.coordinator.state.topic.min.isr");

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
        int nodes = controllers.size();
        var properties = new Properties();
        properties.putAll(FIXED);
        COPIED.forEach(setting -> properties.put(setting, Integer.toString(nodes)));
        MAJORITY.forEach(setting -> properties.put(setting, Integer.toString(nodes / 2 + 1)));
        properties.put("node.id", Integer.toString(id));
        properties.put("log.dirs", data.toString());
        properties.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT" + each(Listener::protocol));
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(broker.port(), controllers.get(id - 1))
                        + each(Listener::listens));
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + broker.port() + each(Listener::advertises));
        properties.put(
                "controller.quorum.voters",
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(node -> "%d@127.0.0.1:%d".formatted(node, controllers.get(node - 1)))
                        .collect(Collectors.joining(",")));
        try (var writer = Files.newBufferedWriter(settings)) {
            properties.store(writer, "Written at every start");
        }
        Files.writeString(logging, LOGGING);
    }

    private String each(Function<Listener, String> part) {
        return broker.doors().stream().map(part).collect(Collectors.joining());
    }
}
