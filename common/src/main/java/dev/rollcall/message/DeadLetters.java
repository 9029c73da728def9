package dev.rollcall.message;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sets aside what nobody could read, so that the consumer goes on and a person can look: the record as it was on
/// [Topics#DEAD], with its origin and the reason in the headers.
@Singleton
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int MAX_KEPT = 64 * 1024;

    private final Emitter<byte[]> dead;

    DeadLetters(@Channel("dead") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> dead) {
        this.dead = dead;
    }

    /// @param reason why it could not be read
    public void bury(ConsumerRecord<String, byte[]> letter, String reason) {
        LOG.warnf("unreadable record %s-%d@%d: %s", letter.topic(), letter.partition(), letter.offset(), reason);
        Headers headers = new RecordHeaders();
        Wire.header(headers, "rollcall-reason", reason);
        Wire.header(headers, "rollcall-topic", letter.topic());
        Wire.header(headers, "rollcall-partition", Integer.toString(letter.partition()));
        Wire.header(headers, "rollcall-offset", Long.toString(letter.offset()));
        dead.send(Message.of(kept(letter.value()))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(letter.topic())
                        .withHeaders(headers)
                        .build())
                .withNack(failure -> {
                    LOG.errorf(failure, "the dead letter for %s@%d could not be sent", letter.topic(), letter.offset());
                    return CompletableFuture.completedFuture(null);
                }));
    }

    private static byte[] kept(byte @Nullable [] value) {
        if (value == null) {
            return new byte[0];
        }
        return value.length <= MAX_KEPT ? value : Arrays.copyOf(value, MAX_KEPT);
    }
}
