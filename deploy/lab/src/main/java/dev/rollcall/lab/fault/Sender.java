package dev.rollcall.lab.fault;

import static java.util.Objects.requireNonNull;

import dev.rollcall.lab.LabFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Somebody who may write to every topic and means no good.
final class Sender implements AutoCloseable {

    private static final int MOST = 8 << 20;
    private static final String LIMIT = "max.message.bytes";

    private final Map<String, Object> settings;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Map<ConfigResource, String> widened = new HashMap<>();

    Sender(String bootstrap) {
        settings = Map.of("bootstrap.servers", bootstrap, "max.request.size", MOST);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// The same record once more, headers and all.
    void again(ConsumerRecord<byte[], byte[]> record) {
        send(new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()));
    }

    void send(String topic, byte @Nullable [] value) {
        send(new ProducerRecord<>(topic, value));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        sent.add(producer.send(record));
    }

    /// Lets the topic take larger records than it usually does, until this is closed.
    void allow(String topic, int bytes) {
        var place = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            Config usual = requireNonNull(
                    admin.describeConfigs(List.of(place)).all().get().get(place));
            widened.put(place, usual.get(LIMIT).value());
            set(admin, place, Integer.toString(bytes));
        } catch (ExecutionException e) {
            throw new LabFailure("%s can't be widened: %s".formatted(topic, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("interrupted", e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", settings.get("bootstrap.servers")));
    }

    private static void set(Admin admin, ConfigResource topic, String bytes)
            throws ExecutionException, InterruptedException {
        var change = new AlterConfigOp(new ConfigEntry(LIMIT, bytes), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
    }

    @Override
    public void close() {
        try (producer;
                Admin admin = admin()) {
            for (var record : sent) {
                record.get();
            }
            for (var usual : widened.entrySet()) {
                set(admin, usual.getKey(), usual.getValue());
            }
        } catch (ExecutionException e) {
            throw new LabFailure("a record was not taken: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("interrupted", e);
        }
    }
}
