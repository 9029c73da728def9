package dev.rollcall.bench.subject;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Records sent through Kafka with the settings of the services, and read again.
public final class Records {

    private static final int PARTITIONS = 12;

    private Records() {}

    /// Sends and reads so many; leaves no topic behind.
    public static void through(String bootstrap, int count, int bytes) throws InterruptedException {
        String topic = "bench." + UUID.randomUUID();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            try {
                send(bootstrap, topic, count, bytes);
                read(bootstrap, topic, count);
            } finally {
                admin.deleteTopics(List.of(topic)).all().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take the records", e);
        }
    }

    private static void send(String bootstrap, String topic, int count, int bytes)
            throws InterruptedException, ExecutionException {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "batch.size",
                131072,
                "linger.ms",
                0);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = new byte[bytes];
            // a partition that is just made may turn the first records away and take those behind them, whose sequence
            // the first ones then never fit: so each gets one to begin with
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(topic, partition, null, value))
                        .get();
            }
            for (int n = 0; n < count; n++) {
                producer.send(new ProducerRecord<>(topic, n % PARTITIONS, null, value));
            }
            producer.flush();
        }
    }

    private static void read(String bootstrap, String topic, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", bootstrap, "enable.auto.commit", false, "max.poll.records", 2000);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int left = PARTITIONS + count;
            for (int empty = 0; left > 0 && empty < 300; ) {
                int got = consumer.poll(Duration.ofMillis(100)).count();
                left -= got;
                empty = got == 0 ? empty + 1 : 0;
            }
            if (left > 0) {
                throw new IllegalStateException("%d records did not come back".formatted(left));
            }
        }
    }
}
