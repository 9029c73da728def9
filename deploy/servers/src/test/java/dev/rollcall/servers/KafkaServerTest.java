package dev.rollcall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    private static final Duration IN_TIME = Duration.ofSeconds(60);

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
        Values.send(first.bootstrapServers(), "before the crash", IN_TIME);
        first.kill();
        assertThat(ProcessHandle.of(first.pid())).isEmpty();

        var second = KafkaServer.start(folder, port);
        assertThat(Values.read(second.bootstrapServers(), 1)).containsExactly("before the crash");
        Values.send(second.bootstrapServers(), "after it", IN_TIME);
        second.close();
        assertThat(ProcessHandle.of(second.pid())).isEmpty();

        try (var third = KafkaServer.start(folder, port)) {
            assertThat(Values.read(third.bootstrapServers(), 2)).containsExactly("before the crash", "after it");
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
}
