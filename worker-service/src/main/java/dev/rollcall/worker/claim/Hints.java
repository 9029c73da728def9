package dev.rollcall.worker.claim;

import dev.rollcall.message.DeadLetters;
import dev.rollcall.message.TaskHint;
import dev.rollcall.message.Wire;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/// Reads the topic of tasks into the inbox and never waits: an offset is committed only when the claims of its record
/// have been, so the connector's own commit strategies (one acknowledgement at a time, or closed after 60 s) are not
/// used.
@ApplicationScoped
@Default
@Identifier("tasks")
public class Hints implements KafkaConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(Hints.class);

    /// PostgreSQL knows fewer days than Java, and would refuse the whole claim.
    private static final int FIRST_YEAR = 1970;

    private static final int LAST_YEAR = 9999;

    private final Inbox inbox;
    private final DeadLetters dead;
    private final KafkaClientService kafka;
    private final Offsets offsets = new Offsets();

    @Inject
    Hints(Inbox inbox, DeadLetters dead, KafkaClientService kafka) {
        this.inbox = inbox;
        this.dead = dead;
        this.kafka = kafka;
    }

    @Incoming("tasks")
    @NonBlocking
    CompletionStage<Void> received(Message<List<byte[]>> batch) {
        List<Hint> hints = new ArrayList<>();
        batch.getMetadata(IncomingKafkaRecordBatchMetadata.class).ifPresent(metadata -> {
            @SuppressWarnings("unchecked")
            IncomingKafkaRecordBatchMetadata<String, byte[]> records = metadata;
            records.getRecords().forEach(letter -> read(letter, hints));
        });
        inbox.put(hints);
        return batch.ack();
    }

    private void read(ConsumerRecord<String, byte[]> letter, List<Hint> hints) {
        try {
            TaskHint hint = Wire.read(letter.value(), TaskHint.class);
            if (hint.day().getYear() < FIRST_YEAR || hint.day().getYear() > LAST_YEAR) {
                refuse(letter, "no day of ours: " + hint.day());
                return;
            }
            Offsets.Receipt receipt = offsets.received(letter, hint.tasks().size());
            hint.tasks().forEach(task -> hints.add(new Hint(hint.day(), hint.provider(), task, receipt)));
        } catch (Wire.Unreadable e) {
            refuse(letter, e.reason());
        }
    }

    private void refuse(ConsumerRecord<String, byte[]> letter, String reason) {
        offsets.received(letter, 0);
        dead.bury(letter, reason);
    }

    /// The claim of these tasks has committed, or they are worth nothing.
    public void dealtWith(List<Hint> hints) {
        hints.forEach(hint -> offsets.dealtWith(hint.receipt()));
    }

    /// Commits what may be committed; a failure only means that some hints are seen again.
    public void commit() {
        Map<TopicPartition, OffsetAndMetadata> positions = offsets.committable();
        if (positions.isEmpty()) {
            return;
        }
        kafka.getConsumer("tasks")
                .commitAsync(positions)
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("offsets not committed: %s", failure.getMessage()));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        offsets.forget(revoked);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        offsets.forget(lost);
    }
}
