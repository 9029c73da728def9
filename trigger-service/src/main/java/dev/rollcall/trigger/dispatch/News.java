package dev.rollcall.trigger.dispatch;

import dev.rollcall.message.DeadLetters;
import dev.rollcall.message.Event;
import dev.rollcall.message.RunNews;
import dev.rollcall.message.TaskEnded;
import dev.rollcall.message.Wire;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Hears on the topics that work ended or a repair was asked, and wakes the dispatcher, which then looks into the
/// ledger for
/// what is true. So a lost record does no harm; one that nobody can read is set aside, by every replica that hears
/// it.
@ApplicationScoped
class News {
    private final Dispatcher dispatcher;
    private final DeadLetters dead;

    News(Dispatcher dispatcher, DeadLetters dead) {
        this.dispatcher = dispatcher;
        this.dead = dead;
    }

    @Incoming("results")
    @NonBlocking
    CompletionStage<Void> ended(Message<List<byte[]>> batch) {
        return heard(batch, TaskEnded.class);
    }

    @Incoming("runs")
    @NonBlocking
    CompletionStage<Void> asked(Message<List<byte[]>> batch) {
        return heard(batch, RunNews.class);
    }

    private CompletionStage<Void> heard(Message<List<byte[]>> batch, Class<? extends Event> kind) {
        dispatcher.wake();
        batch.getMetadata(IncomingKafkaRecordBatchMetadata.class).ifPresent(metadata -> {
            @SuppressWarnings("unchecked")
            IncomingKafkaRecordBatchMetadata<String, byte[]> records = metadata;
            records.getRecords().forEach(letter -> buryUnreadable(letter, kind));
        });
        return batch.ack();
    }

    private void buryUnreadable(ConsumerRecord<String, byte[]> letter, Class<? extends Event> kind) {
        try {
            Wire.read(letter.value(), kind);
        } catch (Wire.Unreadable e) {
            dead.bury(letter, e.reason());
        }
    }
}
