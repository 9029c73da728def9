package dev.rollcall.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/// The one wire form: a JSON value, and CloudEvents attributes as record headers (binary content mode).
public final class Wire {
    /// Keeps a record of many things well below what readers and brokers take.
    public static final int MOST_A_RECORD = 500;

    private static final String TYPE = "ce_type";
    private static final int MAX_NESTING = 16;
    private static final int MAX_BYTES = 256 * 1024;
    private static final ObjectMapper JSON = mapper();

    private Wire() {}

    /// The event as a message that the connector sends, keyed and with CloudEvents headers.
    ///
    /// @param source who says it, such as `/rollcall/worker`
    public static Message<byte[]> message(String source, Event event) {
        Headers headers = new RecordHeaders();
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", UUID.randomUUID().toString());
        header(headers, TYPE, event.type());
        header(headers, "ce_source", source);
        header(headers, "ce_time", Instant.now().toString());
        header(headers, "content-type", "application/json");
        return Message.of(write(event))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(event.key())
                        .withHeaders(headers)
                        .build());
    }

    /// Sends the event.
    ///
    /// @param source who says it, such as `/rollcall/worker`
    /// @return completes when the broker has acknowledged the record, fails when it never will
    public static CompletableFuture<Void> send(Emitter<byte[]> channel, String source, Event event) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        channel.send(message(source, event)
                .withAck(() -> {
                    sent.complete(null);
                    return CompletableFuture.completedFuture(null);
                })
                .withNack(failure -> {
                    sent.completeExceptionally(failure);
                    return CompletableFuture.completedFuture(null);
                }));
        return sent;
    }

    /// The same list in pieces that fit a record each.
    public static <E> List<List<E>> portions(List<E> all) {
        List<List<E>> portions = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_A_RECORD) {
            portions.add(all.subList(from, Math.min(from + MOST_A_RECORD, all.size())));
        }
        return portions;
    }

    /// The CloudEvents type of a record on a topic that carries several kinds; empty when it names none.
    public static String type(Headers headers) {
        Header type = headers.lastHeader(TYPE);
        return type == null || type.value() == null ? "" : new String(type.value(), UTF_8);
    }

    /// @throws Unreadable with a reason fit for a dead letter
    public static <E extends Event> E read(byte @Nullable [] value, Class<E> kind) throws Unreadable {
        if (value == null || value.length == 0) {
            throw new Unreadable("empty");
        }
        if (value.length > MAX_BYTES) {
            throw new Unreadable("larger than " + MAX_BYTES + " bytes");
        }
        ObjectReader reader = JSON.readerFor(kind);
        try {
            @Nullable E event = reader.readValue(value);
            if (event == null) {
                throw new Unreadable("JSON null");
            }
            return event;
        } catch (JsonProcessingException e) {
            throw new Unreadable("not a " + kind.getSimpleName() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Unreadable("not a " + kind.getSimpleName() + ": " + e.getMessage());
        }
    }

    static byte[] write(Event event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an event that is not JSON: " + event, e);
        }
    }

    static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .build());
        return mapper;
    }

    /// A record that is not what its topic carries.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        Unreadable(String reason) {
            super(reason);
            this.reason = reason;
        }

        /// Why, fit for a dead letter.
        public String reason() {
            return reason;
        }
    }
}
