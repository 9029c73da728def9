package dev.rollcall.lab.fault;

import dev.rollcall.lab.LabFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
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

    private final Map<String, Object> settings;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

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

    /// Lets the topic take larger records than it usually does.
    void allow(String topic, int bytes) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.get("bootstrap.servers")))) {
            var entry = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
            var change = List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET));
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), change))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new LabFailure("%s can't be widened: %s".formatted(topic, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("interrupted", e);
        }
    }

    @Override
    public void close() {
        try (producer) {
            for (var record : sent) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw new LabFailure("a record was not taken: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("interrupted", e);
        }
    }
}
