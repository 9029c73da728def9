package dev.rollcall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterTest {

    private final Path folder;

    KafkaClusterTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void goesOnWithTwoOfThreeAndForgetsNothing() throws Exception {
        var three = List.of(Broker.ANYWHERE, Broker.ANYWHERE, Broker.ANYWHERE);
        try (var cluster = KafkaCluster.start(folder.resolve("kafka"), three)) {
            String bootstrap = cluster.bootstrapServers();
            TopicDeclarations.load().createMissing(bootstrap);
            int leader = leader(bootstrap);
            Values.send(bootstrap, "to three");

            cluster.kill(leader);
            assertThat(cluster.isAlive()).isFalse();
            Values.send(bootstrap, "to two");
            int next = leader(bootstrap);
            assertThat(next).isNotEqualTo(leader);

            cluster.kill(next);
            assertThatThrownBy(() -> Values.send(bootstrap, "to one")).isInstanceOf(TimeoutException.class);

            cluster.start();
            assertThat(cluster.isAlive()).isTrue();
            assertThat(cluster.pids()).hasSize(3).doesNotHaveDuplicates();
            assertThat(Values.read(bootstrap, 2)).containsExactly("to three", "to two");
        }
    }

    private static int leader(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var topics = admin.describeTopics(List.of(Values.PARTITION.topic()))
                    .allTopicNames()
                    .get();
            return Objects.requireNonNull(topics.get(Values.PARTITION.topic()))
                    .partitions()
                    .get(Values.PARTITION.partition())
                    .leader()
                    .id();
        }
    }
}
