package dev.rollcall.trigger.news;

import static java.util.stream.Collectors.joining;

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
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/// Hears on the topics what became of work, and tells the dispatcher and whoever else in this replica wants to
/// know, who then look into the ledger for what is true. So a lost record does no harm; one that nobody can read is
/// set aside, by every replica that hears it.
@ApplicationScoped
class News {
    private static final Logger LOG = Logger.getLogger(News.class);

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
        batch.getMetadata(IncomingKafkaRecordBatchMetadata.class).ifPresent(metadata -> {
            @SuppressWarnings("unchecked")
            IncomingKafkaRecordBatchMetadata<String, byte[]> records = metadata;
            tell(records.getRecords(), kind);
        });
        return batch.ack();
    }

    private void tell(
            ConsumerRecords<String, byte[]> letters,
            Function<ConsumerRecord<String, byte[]>, Class<? extends Event>> kind) {
        List<Event> events = new ArrayList<>();
        letters.forEach(letter -> read(letter, kind.apply(letter), events));
        try {
            heard.fire(Heard.of(events));
        } catch (RuntimeException e) {
            // nobody would open the channel again; and no work is lost with the news, for the ledger knows it
            LOG.errorf(e, "an observer could not bear the news of %s", places(letters));
        }
    }

    /// Such as `rollcall.results-3@17..25`.
    private static String places(ConsumerRecords<String, byte[]> letters) {
        return letters.partitions().stream()
                .map(partition -> {
                    List<ConsumerRecord<String, byte[]>> of = letters.records(partition);
                    return "%s@%d..%d"
                            .formatted(
                                    partition,
                                    of.getFirst().offset(),
                                    of.getLast().offset());
                })
                .collect(joining(", "));
    }

    private void read(ConsumerRecord<String, byte[]> letter, Class<? extends Event> kind, List<Event> events) {
        try {
            events.add(Wire.read(letter.value(), kind));
        } catch (Wire.Unreadable e) {
            dead.bury(letter, e.reason());
        }
    }
}
