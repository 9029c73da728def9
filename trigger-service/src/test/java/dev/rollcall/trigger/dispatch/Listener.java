package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.message.BatchNews;
import dev.rollcall.message.Event;
import dev.rollcall.message.RunNews;
import dev.rollcall.message.TaskHint;
import dev.rollcall.message.Topics;
import dev.rollcall.message.Wire;
import dev.rollcall.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Hears what the dispatcher says on the topics, from when it is made.
public final class Listener implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> topics = consumer();
    private final Set<Long> hinted = new LinkedHashSet<>();
    private int hints;
    private final List<Event> news = new ArrayList<>();

    /// The tasks hinted so far, in the order of their first hints.
    public Set<Long> hinted() {
        return hinted;
    }

    /// How often tasks were hinted so far, those that were hinted twice counted twice.
    public int hints() {
        return hints;
    }

    /// What was said of runs and batches.
    public List<Event> news() {
        return news;
    }

    /// Waits until so many tasks, and no more, have been hinted.
    public void awaitHinted(int tasks) {
        await().atMost(PATIENCE).until(() -> {
            poll();
            return hinted.size() >= tasks;
        });
        assertThat(hinted).hasSize(tasks);
    }

    public void awaitNews(Event wanted) {
        await().atMost(PATIENCE).until(() -> {
            poll();
            return news.contains(wanted);
        });
    }

    public void poll() throws Wire.Unreadable {
        for (var letter : topics.poll(Duration.ofMillis(100))) {
            if (letter.topic().equals(Topics.RUNS)) {
                news.add(Wire.read(letter.value(), kind(letter)));
            } else {
                List<Long> tasks = Wire.read(letter.value(), TaskHint.class).tasks();
                hinted.addAll(tasks);
                hints += tasks.size();
            }
        }
    }

    private static Class<? extends Event> kind(ConsumerRecord<String, byte[]> letter) {
        return Wire.type(letter.headers()).equals(BatchNews.TYPE) ? BatchNews.class : RunNews.class;
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Backends.bootstrapServers());
        properties.put("group.id", UUID.randomUUID().toString());
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(Topics.TASKS, Topics.RUNS)
                .flatMap(name -> consumer.partitionsFor(name).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    @Override
    public void close() {
        topics.close();
    }
}
