package dev.rollcall.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("tasks", 0);
    private final Offsets offsets = new Offsets();

    @Test
    void nothingIsCommittedBeforeTheRecordIsDealtWith() {
        Offsets.Receipt receipt = offsets.received(letter(5), 2);
        assertThat(position()).isEqualTo(5);
        offsets.dealtWith(receipt);
        assertThat(position()).as("one of two tasks").isNull();
        offsets.dealtWith(receipt);
        assertThat(position()).isEqualTo(6);
    }

    @Test
    void aRecordThatWaitsHoldsBackThoseBehindIt() {
        Offsets.Receipt slow = offsets.received(letter(5), 1);
        Offsets.Receipt quick = offsets.received(letter(6), 1);
        offsets.dealtWith(quick);
        assertThat(position()).isEqualTo(5);
        offsets.dealtWith(slow);
        assertThat(position()).isEqualTo(7);
    }

    @Test
    void anUnreadableRecordIsPassedOver() {
        offsets.received(letter(9), 0);
        assertThat(position()).isEqualTo(10);
    }

    @Test
    void aPartitionThatWasRevokedIsNotCommitted() {
        Offsets.Receipt receipt = offsets.received(letter(5), 1);
        offsets.forget(List.of(PARTITION));
        offsets.dealtWith(receipt);
        assertThat(position()).isNull();
    }

    private @Nullable Long position() {
        OffsetAndMetadata position = offsets.committable().get(PARTITION);
        return position == null ? null : position.offset();
    }

    private static ConsumerRecord<String, byte[]> letter(long offset) {
        return new ConsumerRecord<>("tasks", 0, offset, "key", new byte[0]);
    }
}
