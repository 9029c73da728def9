package dev.rollcall.postcheck;

import static java.util.stream.Collectors.toMap;

import dev.rollcall.message.Event;
import dev.rollcall.message.Wire;
import dev.rollcall.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A topic's records from the outside. The topics this service writes have one partition.
final class Listener implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();

    private Listener(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /// Hears what is sent from now on.
    static Listener on(String topic) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", Backends.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
        consumer.assign(partition);
        consumer.seekToEnd(partition);
        consumer.position(partition.getFirst());
        return new Listener(consumer);
    }

    <E extends Event> List<E> heard(Class<E> kind) {
        consumer.poll(Duration.ofMillis(100)).forEach(heard::add);
        return heard.stream().map(record -> read(record, kind)).toList();
    }

    Map<String, String> headers(int record) {
        return Stream.of(heard.get(record).headers().toArray())
                .collect(toMap(
                        header -> header.key(),
                        header -> new String(header.value(), java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static <E extends Event> E read(ConsumerRecord<String, byte[]> record, Class<E> kind) {
        try {
            return Wire.read(record.value(), kind);
        } catch (Wire.Unreadable e) {
            throw new AssertionError("a record nobody can read", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
