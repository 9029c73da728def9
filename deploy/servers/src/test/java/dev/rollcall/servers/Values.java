package dev.rollcall.servers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Records of text in the first partition of a declared topic.
final class Values {

    static final TopicPartition PARTITION = new TopicPartition("rollcall.runs", 0);

    private Values() {}

    /// @throws TimeoutException if too few brokers take it in time
    static void send(String bootstrapServers, String value, Duration bound) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
        try {
            var record = new ProducerRecord<String, String>(PARTITION.topic(), PARTITION.partition(), null, value);
            producer.send(record).get(bound.toSeconds(), TimeUnit.SECONDS);
        } finally {
            producer.close(Duration.ZERO); // by itself it would wait for the brokers
        }
    }

    /// The first so many, or those that came within ten seconds.
    static List<String> read(String bootstrapServers, int records) {
        var config = new HashMap<String, Object>();
        config.put("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            var partition = List.of(PARTITION);
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
