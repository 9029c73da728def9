package dev.rollcall.worker.claim;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Which offsets may be committed: those below the first record whose tasks are not all claimed or refused. So a hint
/// of a slow provider holds back neither the other records' claims nor, when the worker dies, its own return.
final class Offsets {
    private final Map<TopicPartition, Progress> partitions = new HashMap<>();

    /// Takes note of a record.
    ///
    /// @param tasks how many tasks it holds; 0 for one that is dealt with already
    synchronized Receipt received(ConsumerRecord<?, ?> letter, int tasks) {
        TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
        Progress progress = partitions.computeIfAbsent(partition, p -> new Progress());
        progress.next = Math.max(progress.next, letter.offset() + 1);
        if (tasks > 0) {
            progress.open.put(letter.offset(), tasks);
        }
        return new Receipt(partition, letter.offset());
    }

    synchronized void dealtWith(Receipt receipt) {
        Progress progress = partitions.get(receipt.partition);
        if (progress != null) {
            progress.open.computeIfPresent(receipt.offset, (offset, tasks) -> tasks == 1 ? null : tasks - 1);
        }
    }

    /// The positions that have moved since the last call.
    synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            long position = progress.open.isEmpty() ? progress.next : progress.open.firstKey();
            if (position > progress.committed) {
                progress.committed = position;
                moved.put(partition, new OffsetAndMetadata(position));
            }
        });
        return moved;
    }

    /// The partitions belong to another worker now; what is held of them is claimed here or there, whoever comes
    /// first.
    synchronized void forget(Collection<TopicPartition> revoked) {
        partitions.keySet().removeAll(revoked);
    }

    /// Where a record came from.
    record Receipt(TopicPartition partition, long offset) {}

    private static final class Progress {
        private final TreeMap<Long, Integer> open = new TreeMap<>();
        private long next;
        private long committed = -1;
    }
}
