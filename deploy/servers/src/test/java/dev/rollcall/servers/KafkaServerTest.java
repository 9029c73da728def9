package dev.rollcall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    private static final String TOPIC = "rollcall.runs";

    private final Path folder;

    KafkaServerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void keepsItsRecordsThroughARestartAndACrash() throws Exception {
        var first = KafkaServer.start(folder, 0);
        int port = first.port();
        assertThat(TopicDeclarations.load().createMissing(first.bootstrapServers()))
                .hasSize(5);
        assertThat(TopicDeclarations.load().createMissing(first.bootstrapServers()))
                .isEmpty();
        assertThatTopicsAreAsDeclared(first);
        send(first, "before the crash");
        first.kill();
        assertThat(ProcessHandle.of(first.pid())).isEmpty();

        var second = KafkaServer.start(folder, port);
        assertThat(read(second, 1)).containsExactly("before the crash");
        send(second, "after it");
        second.close();
        assertThat(ProcessHandle.of(second.pid())).isEmpty();

        try (var third = KafkaServer.start(folder, port)) {
            assertThat(read(third, 2)).containsExactly("before the crash", "after it");
            assertThat(TopicDeclarations.load().createMissing(third.bootstrapServers()))
                    .isEmpty();
        }
    }

    private static void assertThatTopicsAreAsDeclared(KafkaServer server) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            for (Topic topic : TopicDeclarations.load().topics()) {
                var there = admin.describeTopics(List.of(topic.name())).topicNameValues();
                assertThat(there.values())
                        .singleElement()
                        .satisfies(found -> assertThat(found.get().partitions()).hasSize(topic.partitions()));
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                var configs = admin.describeConfigs(List.of(resource)).all().get();
                assertThat(configs.values()).singleElement().satisfies(config -> {
                    assertThat(setting(config, "retention.ms"))
                            .isEqualTo(Long.toString(topic.retention().toMillis()));
                    assertThat(setting(config, "cleanup.policy")).isEqualTo("delete");
                    assertThat(setting(config, "message.timestamp.type")).isEqualTo("LogAppendTime");
                });
            }
        }
    }

    private static String setting(Config config, String name) {
        return config.get(name).value();
    }

    private static void send(KafkaServer server, String value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", server.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static List<String> read(KafkaServer server, int records) {
        var config = new HashMap<String, Object>();
        config.put("bootstrap.servers", server.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            var partition = List.of(new TopicPartition(TOPIC, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            var values = new ArrayList<String>();
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (values.size() < records && System.nanoTime() < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }
}
