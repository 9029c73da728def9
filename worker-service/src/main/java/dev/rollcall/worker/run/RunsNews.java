package dev.rollcall.worker.run;

import dev.rollcall.message.BatchNews;
import dev.rollcall.message.DeadLetters;
import dev.rollcall.message.Event;
import dev.rollcall.message.RunNews;
import dev.rollcall.message.Wire;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Hears that something was cancelled. Every worker hears all of it, as nobody knows who runs what.
@ApplicationScoped
class RunsNews {
    private final Aborts aborts;
    private final DeadLetters dead;

    RunsNews(Aborts aborts, DeadLetters dead) {
        this.aborts = aborts;
        this.dead = dead;
    }

    @Incoming("runs")
    @NonBlocking
    CompletionStage<Void> heard(Message<List<byte[]>> batch) {
        batch.getMetadata(IncomingKafkaRecordBatchMetadata.class).ifPresent(metadata -> {
            @SuppressWarnings("unchecked")
            IncomingKafkaRecordBatchMetadata<String, byte[]> records = metadata;
            records.getRecords().forEach(this::read);
        });
        return batch.ack();
    }

    private void read(ConsumerRecord<String, byte[]> letter) {
        Class<? extends Event> kind =
                Wire.type(letter.headers()).equals(BatchNews.TYPE) ? BatchNews.class : RunNews.class;
        try {
            if (Wire.read(letter.value(), kind) instanceof BatchNews news && news.what() == BatchNews.What.CANCELLED) {
                aborts.hurry();
            }
        } catch (Wire.Unreadable e) {
            dead.bury(letter, e.reason());
        }
    }
}
