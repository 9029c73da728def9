package dev.rollcall.bench.subject;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.message.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Hears of ended tasks, from now on, with the broker's time of each.
final class EndNews implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FETCH = 1 << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Long, Instant> ends = new ConcurrentHashMap<>();
    private final Thread loop = Thread.ofPlatform().daemon().unstarted(this::loop);
    private volatile boolean closing;

    private EndNews(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    static EndNews listen(String bootstrap) {
        // who only listens is no burden: the broker's time is told, whenever it is fetched
        var settings = Map.<String, Object>of(
                "bootstrap.servers", bootstrap, "enable.auto.commit", false, "fetch.min.bytes", FETCH);
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topics.RESULTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // now, not at the first poll
        var news = new EndNews(consumer);
        news.loop.start();
        return news;
    }

    /// When each of these ended.
    ///
    /// @throws IllegalStateException when not all of them do in time
    Map<Long, Instant> await(Set<Long> tasks, Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!ends.keySet().containsAll(tasks)) {
            if (System.nanoTime() > end || !loop.isAlive()) {
                throw new IllegalStateException(
                        "the end of %d of %d tasks was heard of".formatted(ends.size(), tasks.size()));
            }
            Thread.sleep(Duration.ofMillis(50));
        }
        return ends;
    }

    private void loop() {
        while (!closing) {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
                try {
                    Instant at = Instant.ofEpochMilli(record.timestamp());
                    JSON.readTree(record.value())
                            .path("ended")
                            .forEach(end -> ends.put(end.path("task").asLong(), at));
                } catch (IOException e) {
                    throw new UncheckedIOException("news that is no JSON", e);
                }
            }
        }
        consumer.close();
    }

    @Override
    public void close() {
        closing = true;
    }
}
