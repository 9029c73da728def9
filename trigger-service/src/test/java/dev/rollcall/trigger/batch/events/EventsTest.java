package dev.rollcall.trigger.batch.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.rollcall.message.BatchNews;
import dev.rollcall.message.BatchNews.What;
import dev.rollcall.message.TaskEnded;
import dev.rollcall.message.Topics;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import dev.rollcall.trigger.batch.Api;
import dev.rollcall.trigger.dispatch.Dispatcher;
import dev.rollcall.trigger.news.Heard;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
@Timeout(60)
class EventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Dispatcher dispatcher;

    @Inject
    MeterRegistry metrics;

    @Inject
    jakarta.enterprise.event.Event<Heard> heard;

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final List<Stream> streams = new ArrayList<>();
    private Api api = new Api("");

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.organization("acme");
        api = new Api(TestKeys.of("acme", "read"));
    }

    @AfterEach
    void everybodyLeaves() throws IOException {
        for (Stream stream : streams) {
            stream.lines.close();
        }
        await().atMost(PATIENCE).until(() -> watchers() == 0);
    }

    @Test
    void theFirstEventComesAtOnceAndChangesFollow() throws IOException, InterruptedException {
        BatchRow batch = ledger.rows("acme", "p1").rows(4);
        Stream stream = open();
        Event first = stream.next();
        assertThat(first.name).isEqualTo("progress");
        assertThat(first.data).contains("\"batchId\":\"1\"", "\"status\":\"pending\"");
        batch.ended("p1", 0, 1, "succeeded");
        // the fixture claims in a statement of its own, which may be told, too
        Event second = readUntil(stream, "\"percent\":25.0");
        assertThat(second.data).contains("\"status\":\"processing\"");
        assertThat(second.id).isNotEqualTo(first.id);
    }

    @Test
    void theLastEventIsTheEnd() throws IOException, InterruptedException {
        BatchRow batch = ledger.rows("acme", "p1").rows(1);
        Stream stream = open();
        stream.next();
        batch.ended("p1", 0, 1, "succeeded").closed();
        dispatcher.tell(new BatchNews(What.CLOSED, 1));
        Event event = stream.next();
        while (event.name.equals("progress") && !event.data.contains("\"completed\"")) {
            event = stream.next();
        }
        assertThat(event.data).contains("\"status\":\"completed\"", "\"percent\":100.0");
        Event end = stream.next();
        assertThat(end.name).isEqualTo("end");
        assertThat(end.id).isEqualTo(event.id);
        assertThat(stream.lines.readLine()).as("the stream closes").isNull();
    }

    @Test
    void whoCameBeforeIsNotToldAgain() throws IOException, InterruptedException {
        BatchRow batch = ledger.rows("acme", "p1").rows(4).ended("p1", 0, 1, "succeeded");
        Event seen = open().next();
        Stream again = open("Last-Event-ID", seen.id);
        assertThat(again.lines.readLine()).startsWith(":");
        batch.ended("p1", 1, 2, "succeeded");
        readUntil(again, "\"percent\":50.0");
        assertThat(open("Last-Event-ID", seen.id).next().data).contains("\"percent\":50.0");
    }

    @Test
    void whoComesBackToWhatHasEndedIsToldTheEndOnly() throws IOException, InterruptedException {
        ledger.rows("acme", "p1").rows(1).ended("p1", 0, 1, "succeeded").closed();
        Stream stream = open();
        Event last = stream.next();
        assertThat(last.name).isEqualTo("progress");
        assertThat(stream.next().name).isEqualTo("end");
        assertThat(open("Last-Event-ID", last.id).next().name).isEqualTo("end");
    }

    /// Without news each change would wait two seconds for the look that is due anyway.
    @Test
    void newsOfTasksAndBatchesMakeItLookAtOnce() throws IOException, InterruptedException {
        BatchRow batch = ledger.rows("acme", "p1").rows(100);
        Stream stream = open();
        stream.next();
        long start = System.nanoTime();
        try (var results = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", Backends.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int row = 0; row < 4; row++) {
                batch.ended("p1", row, row + 1, "succeeded");
                results.send(ended(batch.task("p1", row)));
                results.flush();
                readUntil(stream, "\"succeeded\":" + (row + 1));
            }
        }
        for (int times = 0; times < 2; times++) {
            batch.set("paused_at", "clock_timestamp()");
            dispatcher.tell(new BatchNews(What.PAUSED, 1));
            readUntil(stream, "\"status\":\"paused\"");
            batch.set("paused_at", "null");
            dispatcher.tell(new BatchNews(What.RESUMED, 1));
            readUntil(stream, "\"status\":\"processing\"");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    }

    /// A record may say any number; nothing that is watched has it.
    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 53, Long.MIN_VALUE, Long.MAX_VALUE})
    void anEndOfWhatCanBeNoTaskConcernsNobody(long task) throws IOException, InterruptedException {
        ledger.rows("acme", "p1").rows(1);
        open().next();
        TaskEnded end = new TaskEnded(task, BatchRow.DAY, "p1", 1, "succeeded", null, null);
        assertThatCode(() -> heard.fire(new Heard(List.of(end), List.of(), List.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void watchersOfABatchShareItsLooks() throws IOException, InterruptedException {
        ledger.rows("acme", "p1").rows(4);
        ledger.rows("acme", "p1").rows(4);
        List<Stream> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(open());
        }
        for (Stream stream : all) {
            stream.next();
        }
        assertThat(watchers()).isEqualTo(20);
        double before = looks();
        long start = System.nanoTime();
        await().atMost(PATIENCE).until(() -> looks() >= before + 2);
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(looks() - before).as("one look for all in two seconds").isLessThanOrEqualTo(2 + seconds * 4);
        assertThat(looks() - before).isLessThan(20);
    }

    @Test
    void whoHearsNothingHearsAHeartbeat() throws IOException, InterruptedException {
        ledger.rows("acme", "p1").rows(4);
        Stream stream = open();
        stream.next();
        assertThat(stream.lines.readLine()).startsWith(":");
    }

    @Test
    void whoGoesAwayIsForgotten() throws IOException, InterruptedException {
        ledger.rows("acme", "p1").rows(4);
        Stream one = open();
        Stream two = open();
        one.next();
        two.next();
        assertThat(watchers()).isEqualTo(2);
        one.lines.close();
        await().atMost(PATIENCE).until(() -> watchers() == 1);
        two.lines.close();
        await().atMost(PATIENCE).until(() -> watchers() == 0);
        double looks = looks();
        await().pollDelay(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> true);
        assertThat(looks()).as("nobody is looked at for nobody").isEqualTo(looks);
    }

    private static Event readUntil(Stream stream, String words) throws IOException {
        Event event = stream.next();
        while (!event.data.contains(words)) {
            event = stream.next();
        }
        return event;
    }

    private static ProducerRecord<String, byte[]> ended(long task) {
        String json = """
                {"ended": [{"task": %d, "day": "%s", "provider": "p1", "attempt": 1, "state": "succeeded"}]}
                """.formatted(task, BatchRow.DAY);
        return new ProducerRecord<>(Topics.RESULTS, Long.toString(task), json.getBytes(UTF_8));
    }

    private double watchers() {
        return metrics.get("rollcall.batch.watchers").gauge().value();
    }

    private double looks() {
        return metrics.get("rollcall.batch.looks").counter().count();
    }

    private Stream open(String... headers) throws IOException, InterruptedException {
        var answer = api.open("/1/events", headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        Stream stream = new Stream(new BufferedReader(new InputStreamReader(answer.body(), UTF_8)));
        streams.add(stream);
        return stream;
    }

    private record Event(String name, String id, String data) {}

    private record Stream(BufferedReader lines) {
        /// Passes over comments.
        Event next() throws IOException {
            String name = "";
            String id = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !data.isEmpty()) {
                    return new Event(name, id, data.toString());
                } else if (line.startsWith("event:")) {
                    name = line.substring("event:".length()).strip();
                } else if (line.startsWith("id:")) {
                    id = line.substring("id:".length()).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring("data:".length()).strip());
                }
            }
            throw new IOException("the stream has ended");
        }
    }
}
