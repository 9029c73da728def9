package dev.rollcall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterTest {

    private static final Duration IN_TIME = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int NOBODY = -1;

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
            Values.send(bootstrap, "to three", IN_TIME);
            int leader = leaderOtherThan(NOBODY, bootstrap);

            cluster.kill(leader);
            assertThat(cluster.isAlive()).isFalse();
            Values.send(bootstrap, "to two", IN_TIME);

            cluster.kill(leaderOtherThan(leader, bootstrap));
            assertThatThrownBy(() -> Values.send(bootstrap, "to one", SOON)).isInstanceOf(TimeoutException.class);

            cluster.start();
            assertThat(cluster.isAlive()).isTrue();
            assertThat(cluster.pids()).hasSize(3).doesNotHaveDuplicates();
            assertThat(Values.read(bootstrap, 2)).containsExactly("to three", "to two");
        }
    }

    /// Brokers learn one after the other what is decided.
    private static int leaderOtherThan(int former, String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return await().atMost(IN_TIME)
                    .ignoreExceptionsMatching(KafkaClusterTest::isUnknownYet)
                    .until(() -> leader(admin), id -> id != former && id != NOBODY);
        }
    }

    private static boolean isUnknownYet(Throwable failure) {
        return failure.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private static int leader(Admin admin) throws Exception {
        var topics = admin.describeTopics(List.of(Values.PARTITION.topic()))
                .allTopicNames()
                .get();
        @Nullable
        Node leader = Objects.requireNonNull(topics.get(Values.PARTITION.topic()))
                .partitions()
                .get(Values.PARTITION.partition())
                .leader();
        return leader == null ? NOBODY : leader.id();
    }
}
