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

/// Records sent through Kafka with the settings of the services, and read again. What is set up and taken down again
/// leaves nothing behind.
public final class Records implements AutoCloseable {

    private static final int PARTITIONS = 12;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final String topic = "bench." + UUID.randomUUID();
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private Records(String bootstrap) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "batch.size",
                        131072,
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false, "max.poll.records", 2000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// A topic of one's own, with a record in each partition that has come back.
    public static Records open(String bootstrap) throws InterruptedException {
        var records = new Records(bootstrap);
        try {
            records.begin();
            return records;
        } catch (RuntimeException | InterruptedException e) {
            records.close();
            throw e;
        }
    }

    private void begin() throws InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            // a partition that is just made may turn the first records away and take those behind them, whose sequence
            // the first ones then never fit: so each gets one to begin with
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(topic, partition, null, new byte[1]))
                        .get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take the records", e);
        }
        var partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        read(PARTITIONS);
    }

    /// Sends so many, and reads them.
    public void through(int count, int bytes) {
        byte[] value = new byte[bytes];
        for (int n = 0; n < count; n++) {
            producer.send(new ProducerRecord<>(topic, n % PARTITIONS, null, value));
        }
        producer.flush();
        read(count);
    }

    private void read(int count) {
        long end = System.nanoTime() + BOUND.toNanos();
        for (int left = count; left > 0; ) {
            left -= consumer.poll(Duration.ofMillis(100)).count();
            if (left > 0 && System.nanoTime() > end) {
                throw new IllegalStateException("%d records did not come back within %s".formatted(left, BOUND));
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        admin.deleteTopics(List.of(topic));
        admin.close();
    }
}
