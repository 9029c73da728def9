package dev.rollcall.lab.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.servers.TopicDeclarations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Copies every topic to a file, by the broker's own door, in no consumer group. Keeps in memory what is small, until
/// the next trial begins.
public final class Tap implements AutoCloseable {

    private static final int SMALL = 1 << 20;
    private static final String RESULTS = "rollcall.results";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\ufffd]");
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrap;
    private final Path file;
    private final List<ConsumerRecord<byte[], byte[]>> kept = new ArrayList<>();
    private volatile boolean closing;
    private volatile @Nullable Throwable failure;
    private Thread thread = new Thread();

    private Tap(String bootstrap, Path file) {
        this.bootstrap = bootstrap;
        this.file = file;
    }

    public static Tap start(String bootstrap, Path folder) {
        var tap = new Tap(bootstrap, folder.resolve("topics.txt"));
        tap.begin();
        return tap;
    }

    /// From the beginning of what the topics hold.
    public void begin() {
        closing = false;
        thread = Thread.ofPlatform()
                .name("tap")
                .uncaughtExceptionHandler((copier, e) -> failure = e)
                .start(this::copy);
    }

    /// The file with a line for every record: topic, partition, offset, key, headers and value.
    ///
    /// @throws LabFailure if copying ended before it was meant to: what is there is not all
    public Path file() {
        requireWhole();
        return file;
    }

    /// What was seen of one topic, in the order of its arrival here.
    ///
    /// @throws LabFailure if copying ended before it was meant to: what is there is not all
    public List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        requireWhole();
        synchronized (kept) {
            return kept.stream().filter(record -> record.topic().equals(topic)).toList();
        }
    }

    /// What was said of ends. What nobody can read is no news.
    List<Announced> announced() {
        var announced = new ArrayList<Announced>();
        for (var record : of(RESULTS)) {
            for (JsonNode end : read(record).path("ended")) {
                announced.add(new Announced(
                        new Claim(end.path("task").asLong(), end.path("attempt").asInt()),
                        end.path("state").asText()));
            }
        }
        return announced;
    }

    private static JsonNode read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? MissingNode.getInstance() : JSON.readTree(record.value());
        } catch (IOException rubbish) {
            return MissingNode.getInstance();
        }
    }

    /// What was seen so far belongs to no trial that is still to come. It stays in the file.
    void forget() {
        synchronized (kept) {
            kept.clear();
        }
    }

    private void requireWhole() {
        Throwable e = failure;
        if (e != null) {
            throw new LabFailure("the tap has failed: " + e.getMessage(), e);
        }
    }

    private void copy() {
        var partitions = TopicDeclarations.load().topics().stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(number -> new TopicPartition(topic.name(), number)))
                .toList();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.partition.fetch.bytes",
                8 << 20,
                "reconnect.backoff.max.ms",
                500);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            consumer.assign(partitions);
            while (!closing) {
                poll(consumer, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the tap can't write", e);
        }
    }

    private void poll(KafkaConsumer<byte[], byte[]> consumer, Writer out) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try {
            consumer.poll(POLL).forEach(records::add);
        } catch (RetriableException | WakeupException | InterruptException away) {
            return; // a broker that is away is what this laboratory is for
        }
        for (var record : records) {
            write(record, out);
            if (record.value() == null || record.value().length < SMALL) {
                synchronized (kept) {
                    kept.add(record);
                }
            }
        }
        out.flush();
    }

    private static void write(ConsumerRecord<byte[], byte[]> record, Writer out) throws IOException {
        var line = new StringBuilder()
                .append("%s-%d@%d key=%s"
                        .formatted(record.topic(), record.partition(), record.offset(), printed(record.key())));
        record.headers()
                .forEach(header ->
                        line.append(' ').append(header.key()).append('=').append(printed(header.value())));
        out.append(line.append(' ').append(printed(record.value()))).append('\n');
    }

    /// What can't be printed is a dot, so that a secret beside it is found all the same.
    private static String printed(byte @Nullable [] value) {
        return value == null
                ? "null"
                : UNPRINTABLE.matcher(new String(value, UTF_8)).replaceAll(".");
    }

    /// Stops copying; [#begin] starts it anew.
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                throw new LabFailure("the tap can't be stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
