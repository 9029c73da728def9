package dev.rollcall.trigger.news;

import dev.rollcall.message.BatchNews;
import dev.rollcall.message.DeadLetters;
import dev.rollcall.message.Event;
import dev.rollcall.message.RunNews;
import dev.rollcall.message.TasksEnded;
import dev.rollcall.message.Wire;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Hears on the topics what became of work, and tells the dispatcher and whoever else in this replica wants to
/// know, who then look into the ledger for what is true. So a lost record does no harm; one that nobody can read is
/// set aside, by every replica that hears it.
@ApplicationScoped
class News {
    private final DeadLetters dead;
    private final jakarta.enterprise.event.Event<Heard> heard;

    News(DeadLetters dead, jakarta.enterprise.event.Event<Heard> heard) {
        this.dead = dead;
        this.heard = heard;
    }

    @Incoming("results")
    @NonBlocking
    CompletionStage<Void> ended(Message<List<byte[]>> batch) {
        return heard(batch, letter -> TasksEnded.class);
    }

    @Incoming("runs")
    @NonBlocking
    CompletionStage<Void> asked(Message<List<byte[]>> batch) {
        return heard(
                batch, letter -> Wire.type(letter.headers()).equals(BatchNews.TYPE) ? BatchNews.class : RunNews.class);
    }

    private CompletionStage<Void> heard(
            Message<List<byte[]>> batch, Function<ConsumerRecord<String, byte[]>, Class<? extends Event>> kind) {
        List<Event> events = new ArrayList<>();
        batch.getMetadata(IncomingKafkaRecordBatchMetadata.class).ifPresent(metadata -> {
            @SuppressWarnings("unchecked")
            IncomingKafkaRecordBatchMetadata<String, byte[]> records = metadata;
            records.getRecords().forEach(letter -> read(letter, kind.apply(letter), events));
        });
        heard.fire(Heard.of(events));
        return batch.ack();
    }

    private void read(ConsumerRecord<String, byte[]> letter, Class<? extends Event> kind, List<Event> events) {
        try {
            events.add(Wire.read(letter.value(), kind));
        } catch (Wire.Unreadable e) {
            dead.bury(letter, e.reason());
        }
    }
}
