package dev.rollcall.worker.run;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.rollcall.message.Topics;
import dev.rollcall.simulator.Settings;
import dev.rollcall.simulator.SimulatorServer;
import dev.rollcall.simulator.behaviour.Mode;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LaneRow;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worker between real servers: hints come by Kafka, claims and ends go to PostgreSQL, calls to the simulator.
@QuarkusTest
@QuarkusTestResource(
        value = Backends.class,
        initArgs = @ResourceArg(name = "role", value = "rollcall_worker"),
        restrictToAnnotatedClass = true)
class WorkerTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static SimulatorServer simulator;
    private static KafkaProducer<String, byte[]> producer;

    @Inject
    KafkaClientService kafka;

    @Inject
    Calls calls;

    @Inject
    Jdbi jdbi;

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Jdbi.create(Backends.adminDataSource());
    private KafkaConsumer<String, byte[]> results;

    @BeforeAll
    static void start() throws IOException {
        simulator = SimulatorServer.start(new Settings("127.0.0.1", 0, 1, folder.resolve("calls.jsonl"), Mode.CALM));
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Backends.bootstrapServers());
        producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        simulator.close();
    }

    @BeforeEach
    void begin() {
        owner.useHandle(handle -> handle.execute("""
                truncate task, item, attempt, lane, batch, run, retry, tally, failure, claim, provider cascade
                """));
        results = consumer(Topics.RESULTS);
    }

    @AfterEach
    void end() {
        results.close();
    }

    @Test
    void aHintedTaskIsClaimedCalledFinishedAndAnnounced() {
        LaneRow lane = lane("hello", 1);
        hint(lane, 0);
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("succeeded", 1L)));
        Attempt attempt = attempts(lane, 0).getFirst();
        assertThat(attempt.outcome()).isEqualTo("succeeded");
        assertThat(attempt.httpStatus()).isEqualTo(200);
        assertThat(attempt.answer()).contains("nonce=");
        assertThat(calls(lane, 0)).singleElement().asString().contains(nonce(attempt.answer()));
        assertThat(read(results, 1)).singleElement().satisfies(record -> assertThat(new String(record.value(), UTF_8))
                .contains("\"state\":\"succeeded\""));
        assertThat(ledger.recount()).isEmpty();
        await("the claim's side row goes").atMost(PATIENCE).until(() -> count("claim") == 0);
    }

    @Test
    void aReplayedTopicCausesNoSecondCall() {
        LaneRow lane = lane("hello", 40);
        for (int round = 0; round < 3; round++) {
            hint(lane, LongStream.range(0, 40).mapToInt(item -> (int) item).toArray());
        }
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("succeeded", 40L)));
        hint(lane, 1);
        LaneRow last = lane("the last one of the topic", 1);
        hint(last, 0);
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("succeeded", 41L)));
        for (int item = 0; item < 40; item++) {
            assertThat(calls(lane, item)).hasSize(1);
        }
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void anErrorThatMayPassIsDueAgainAndSpendsTheAttempt() {
        LaneRow lane = lane("[[sim:fail]]", 1);
        hint(lane, 0);
        await().atMost(PATIENCE).until(() -> count("retry") == 1);
        assertThat(ledger.tasksByState()).isEqualTo(Map.of("pending", 1L));
        assertThat(attempts(lane, 0)).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("retry");
            assertThat(attempt.reason()).isEqualTo("http_500");
        });
        assertThat(spared(lane)).isZero();
    }

    @Test
    void afterFiveAttemptsTheTaskHasFailed() {
        LaneRow lane = lane("[[sim:fail]]", 1);
        for (int attempt = 1; attempt <= 5; attempt++) {
            owner.useHandle(handle -> handle.execute("update retry set not_before = clock_timestamp()"));
            hint(lane, 0);
            int made = attempt;
            await().atMost(PATIENCE).until(() -> attempts(lane, 0).size() == made);
        }
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("failed", 1L)));
        hint(lane, 0);
        LaneRow last = lane("hello", 1);
        hint(last, 0);
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("failed", 1L, "succeeded", 1L)));
        assertThat(calls(lane, 0)).hasSize(5);
        assertThat(ledger.recount()).isEmpty();
    }

    @Test
    void aThrottledCallIsDueLaterAndSpendsNothing() {
        LaneRow lane = lane("[[sim:throttle=7]]", 1);
        hint(lane, 0);
        await().atMost(PATIENCE).until(() -> count("retry") == 1);
        assertThat(spared(lane)).isOne();
        double seconds = value("select extract(epoch from not_before - clock_timestamp()) from retry", Double.class);
        assertThat(seconds).isBetween(3.0, 7.1);
    }

    @Test
    void aHopelessCallFailsAtOnceWithItsReason() {
        LaneRow lane = lane("[[sim:status=400]]", 1);
        hint(lane, 0);
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("failed", 1L)));
        String reason = value("select reason from task", String.class);
        assertThat(reason).isEqualTo("http_400");
        assertThat(calls(lane, 0)).hasSize(1);
    }

    @Test
    void aCallThatIsAbortedIsHandedBackAtNoCost() {
        LaneRow lane = lane("[[sim:hang]]", 1);
        hint(lane, 0);
        await().atMost(PATIENCE).until(() -> calls.count() == 1);
        calls.abortAll();
        await().atMost(PATIENCE).until(() -> count("retry where not_before <= clock_timestamp()") == 1);
        assertThat(ledger.tasksByState()).isEqualTo(Map.of("pending", 1L));
        assertThat(spared(lane)).isOne();
        assertThat(ledger.recount()).isEmpty();
        await("the provider has seen the connection close").atMost(PATIENCE).until(() -> calls(lane, 0).stream()
                .anyMatch(call -> call.contains("\"clientGone\":true")));
    }

    @Test
    void aCancelledBatchIsNotClaimed() {
        LaneRow cancelled = lane("hello", 1);
        owner.useHandle(handle -> handle.execute("update batch set cancelled_at = now()"));
        hint(cancelled, 0);
        LaneRow lane = lane("hello", 1);
        hint(lane, 0);
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("pending", 1L, "succeeded", 1L)));
        assertThat(calls(cancelled, 0)).isEmpty();
    }

    @Test
    void recordsNobodyCanReadAreSetAsideAndTheNextOnesAreServed() {
        List<byte[]> unreadable = List.of(
                new byte[0],
                "not JSON".getBytes(UTF_8),
                new byte[] {(byte) 0xc3, (byte) 0x28},
                "[".repeat(10_000).getBytes(UTF_8),
                "{\"day\":\"2026-11-21\",\"provider\":\"p\",\"tasks\":\"all\"}".getBytes(UTF_8));
        LaneRow lane = lane("hello", 1);
        try (KafkaConsumer<String, byte[]> dead = consumer(Topics.DEAD)) {
            unreadable.forEach(value -> producer.send(new ProducerRecord<>(Topics.TASKS, value)));
            producer.send(new ProducerRecord<>(Topics.TASKS, (byte[]) null));
            producer.send(new ProducerRecord<>(
                    Topics.TASKS,
                    "{\"day\":\"2026-11-21\",\"provider\":\"p\",\"tasks\":[12345678901]}".getBytes(UTF_8)));
            hint(lane, 0);
            assertThat(read(dead, 6)).hasSize(6).allSatisfy(letter -> {
                assertThat(letter.headers().lastHeader("rollcall-reason")).isNotNull();
                assertThat(new String(
                                letter.headers().lastHeader("rollcall-topic").value(), UTF_8))
                        .isEqualTo(Topics.TASKS);
            });
        }
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("succeeded", 1L)));
    }

    @Test
    void theProvidersConcurrencyIsNeverExceeded() {
        LaneRow lane = lane("[[sim:latency=50]]", 60);
        control("DELETE");
        owner.useHandle(handle -> handle.execute("update provider set concurrency = 3"));
        await("the next heartbeat has shared out three permits")
                .atMost(PATIENCE)
                .until(() -> value("""
                        select coalesce(sum(p.granted), 0) from permit p join worker w on w.id = p.worker
                        where w.dead_at is null and w.stopped_at is null and p.provider = 'p'
                        """, Integer.class) == 3);
        hint(lane, LongStream.range(0, 60).mapToInt(item -> (int) item).toArray());
        await().atMost(PATIENCE).until(() -> ledger.tasksByState().equals(Map.of("succeeded", 60L)));
        assertThat(maxInFlight()).isLessThanOrEqualTo(3);
    }

    /// Statements are planned once, and the first ones of a day when it has hardly a row: their plans
    /// must not read more the more there is.
    @Test
    void aTaskCostsTheSameWhateverItsDayHolds() {
        LocalDate day = DAY.plusYears(1);
        for (int n = 0; n < 10; n++) {
            hint(lane("first", day, 1), 0);
            int made = n + 1;
            await().atMost(PATIENCE).until(() -> succeeded() == made);
        }
        int size = 2000;
        LaneRow lane = lane("many", day, size);
        owner.useHandle(handle -> handle.execute("select pg_stat_reset()"));
        for (int from = 0; from < size; from += 500) {
            hint(lane, IntStream.range(from, from + 500).toArray());
        }
        await().atMost(PATIENCE).until(() -> succeeded() == size + 10);
        await("PostgreSQL has told what was read").atMost(PATIENCE).until(() -> rowsRead(day) >= 2 * size);
        assertThat(rowsRead(day)).isLessThan(20L * size);
    }

    /// Read from the tallies: to count the tasks would be to read them.
    private int succeeded() {
        return value("select coalesce(sum(succeeded), 0) from tally", Integer.class);
    }

    private long rowsRead(LocalDate day) {
        return value("""
                        select coalesce(sum(seq_tup_read + idx_tup_fetch), 0) from pg_stat_user_tables
                        where relname ~ '^(task|item|attempt)_%s$'
                        """.formatted(day.format(DateTimeFormatter.BASIC_ISO_DATE)), Long.class);
    }

    @Test
    void theConnectorsEffectiveSettingsLoseNothing() {
        var tasks = kafka.getConsumer("tasks").configuration();
        assertThat(tasks.get("auto.offset.reset")).isEqualTo("earliest");
        assertThat(tasks.get("enable.auto.commit")).hasToString("false");
        for (String channel : List.of("results", "dead")) {
            var settings = kafka.getProducer(channel).configuration();
            assertThat(settings.get("acks")).hasToString("all");
            assertThat(settings.get("enable.idempotence")).hasToString("true");
        }
    }

    @Test
    void whatAFrozenWorkerHasLockedIsFreeBeforeItsLeaseIsOver() {
        assertThatExceptionOfType(JdbiException.class)
                .isThrownBy(() -> jdbi.useTransaction(frozen -> {
                    frozen.execute("select pg_advisory_xact_lock(4712)");
                    await().atMost(Duration.ofSeconds(5))
                            .until(() -> value("select pg_try_advisory_xact_lock(4712)", Boolean.class));
                }));
    }

    private LaneRow lane(String prompt, int size) {
        return lane(prompt, DAY, size);
    }

    private LaneRow lane(String prompt, LocalDate day, int size) {
        owner.useHandle(handle -> handle.execute(
                "insert into provider (id, protocol, base_url, model, concurrency) values ('p', 'openai', ?, 'm', 20)"
                        + " on conflict do nothing",
                simulator.uri() + "/p/v1"));
        LaneRow lane = ledger.lane("acme", "p", day, size);
        owner.useHandle(handle -> handle.execute(
                "update item set body = ? where batch = (select batch from lane where id = ?)", prompt, lane.id()));
        return lane;
    }

    private static void hint(LaneRow lane, int... items) {
        List<Long> tasks = LongStream.range(0, items.length)
                .map(i -> lane.task(items[(int) i]))
                .boxed()
                .toList();
        String value = "{\"day\":\"%s\",\"provider\":\"p\",\"tasks\":%s}".formatted(lane.day(), tasks);
        producer.send(new ProducerRecord<>(Topics.TASKS, tasks.toString(), value.getBytes(UTF_8)));
    }

    public record Attempt(String outcome, String reason, Integer httpStatus, String answer) {}

    private List<Attempt> attempts(LaneRow lane, int item) {
        return owner.withHandle(handle -> handle.createQuery("""
                        select outcome, reason, http_status, answer from attempt where task = ? order by attempt
                        """)
                .bind(0, lane.task(item))
                .map((row, context) -> new Attempt(
                        row.getString(1), row.getString(2), row.getObject(3, Integer.class), row.getString(4)))
                .list());
    }

    private int spared(LaneRow lane) {
        return value("select spared from task where id = " + lane.task(0), Integer.class);
    }

    private <T> T value(String sql, Class<T> type) {
        return owner.withHandle(handle -> handle.createQuery(sql).mapTo(type).one());
    }

    private int count(String table) {
        return value("select count(*) from " + table, Integer.class);
    }

    /// The simulator's lines of one task: the witness.
    private static List<String> calls(LaneRow lane, int item) {
        String task = "\"task\":" + lane.task(item) + ",";
        try {
            return Files.readAllLines(folder.resolve("calls.jsonl")).stream()
                    .filter(line -> line.contains(task))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int maxInFlight() {
        String control = control("GET");
        Matcher most = Pattern.compile("\"maxInFlight\"\\s*:\\s*(\\d+)").matcher(control);
        assertThat(most.find()).as(control).isTrue();
        return Integer.parseInt(most.group(1));
    }

    private static String control(String method) {
        return given().request(method, simulator.uri().resolve("/control")).asString();
    }

    private static String nonce(String answer) {
        return answer.replaceAll("(?s).*?nonce=([0-9a-f]+).*", "$1");
    }

    private static KafkaConsumer<String, byte[]> consumer(String topic) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Backends.bootstrapServers());
        properties.put("group.id", UUID.randomUUID().toString());
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static List<ConsumerRecord<String, byte[]>> read(KafkaConsumer<String, byte[]> consumer, int wanted) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return records.size() >= wanted;
        });
        return records;
    }
}
