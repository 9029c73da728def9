package dev.rollcall.lab.fault;

import dev.rollcall.lab.LabFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/// A consumer group, as its brokers keep it.
final class Group implements AutoCloseable {

    private final Admin admin;
    private final String id;

    Group(String bootstrap, String id) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.id = id;
    }

    /// Whether no member is left.
    boolean isEmpty() {
        return get(admin.describeConsumerGroups(List.of(id)).all()).values().stream()
                .allMatch(group -> group.members().isEmpty());
    }

    /// Acknowledges everything there is.
    ///
    /// @return how many records that nobody had acknowledged
    long skip(String topic) {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        get(admin.describeTopics(List.of(topic)).allTopicNames()).values().forEach(found -> found.partitions()
                .forEach(p -> wanted.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
        var before = get(admin.listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata());
        var ends = new HashMap<TopicPartition, OffsetAndMetadata>();
        long skipped = 0;
        for (var end : get(admin.listOffsets(wanted).all()).entrySet()) {
            ends.put(end.getKey(), new OffsetAndMetadata(end.getValue().offset()));
            OffsetAndMetadata committed = before.get(end.getKey());
            skipped += end.getValue().offset() - (committed == null ? 0 : committed.offset());
        }
        get(admin.alterConsumerGroupOffsets(id, ends).all());
        return skipped;
    }

    /// Forgets what was acknowledged: readers begin at the beginning.
    void forget() {
        get(admin.deleteConsumerGroups(List.of(id)).all());
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new LabFailure("the group %s: %s".formatted(id, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
