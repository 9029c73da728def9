package dev.rollcall.worker.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.message.BatchNews;
import dev.rollcall.message.Topics;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// What tests of the worker put in front of it: work in the ledger, records on the topics.
final class Bench implements AutoCloseable {
    static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final Jdbi owner = Jdbi.create(Backends.adminDataSource()).installPlugin(new PostgresPlugin());
    final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final KafkaProducer<String, byte[]> producer;

    Bench() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Backends.bootstrapServers());
        producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /// A number no other test has.
    static int next() {
        return NUMBERS.incrementAndGet();
    }

    /// Empties the ledger, but not what the worker holds: its incarnation and its permits.
    void clean() {
        execute("""
                truncate task, item, attempt, lane, batch, run, retry, tally, failure, claim, cancellation, progress,
                         signing_secret, organization, provider cascade
                """);
    }

    /// Jobs of one queue, one a payload, not hinted.
    Jobs jobs(String organization, String queue, String... payloads) {
        execute("select open_day(?)", DAY);
        long lane = owner.withHandle(handle -> handle.createQuery("""
                        with batched as (
                            insert into batch (kind, organization, organization_name, day, planned, max_attempts, priority)
                            select 'jobs', :organization, :organization, :day, cardinality(:payloads), 4, count(*) from batch
                            returning *
                        ), laned as (
                            insert into lane (batch, organization, day, provider, size, next)
                            select id, organization, day, :queue, planned, planned from batched returning *
                        ), items as (
                            insert into item (day, batch, n, body, created_at)
                            select l.day, l.batch, p.n - 1, p.body, clock_timestamp()
                            from laned l, unnest(:payloads) with ordinality as p (body, n)
                        ), tasks as (
                            insert into task (id, day) select id << 24 | g, day from laned, generate_series(0, size - 1) g
                        )
                        select id from laned
                        """)
                .bind("organization", organization)
                .bind("queue", queue)
                .bind("day", DAY)
                .bindArray("payloads", String.class, (Object[]) payloads)
                .mapTo(Long.class)
                .one());
        return new Jobs(lane, queue, payloads.length);
    }

    record Jobs(long lane, String queue, int size) {
        long task(int n) {
            return lane << 24 | n;
        }

        List<Long> tasks() {
            return IntStream.range(0, size).mapToObj(this::task).toList();
        }
    }

    void hint(Jobs jobs) {
        hint(DAY.toString(), jobs.queue(), jobs.tasks());
    }

    void hint(String day, String queue, List<Long> tasks) {
        String value = "{\"day\":\"%s\",\"provider\":\"%s\",\"tasks\":%s}".formatted(day, queue, tasks);
        producer.send(new ProducerRecord<>(Topics.TASKS, tasks.toString(), value.getBytes(UTF_8)));
        producer.flush();
    }

    /// The time of everything that waits to be tried again has come.
    void due() {
        owner.useHandle(handle -> handle.execute("update retry set not_before = clock_timestamp()"));
    }

    void cancelled(long batch) {
        news("{\"what\":\"CANCELLED\",\"batch\":%d,\"tasks\":[]}".formatted(batch));
    }

    void news(String value) {
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(Topics.RUNS, "batch", value.getBytes(UTF_8));
        letter.headers().add(new RecordHeader("ce_type", BatchNews.TYPE.getBytes(UTF_8)));
        producer.send(letter);
        producer.flush();
    }

    Map<String, Long> states() {
        return ledger.tasksByState();
    }

    void execute(String sql, Object... values) {
        owner.useHandle(handle -> handle.execute(sql, values));
    }

    <T> T value(Class<T> type, String sql, Object... values) {
        return owner.withHandle(handle -> handle.select(sql, values).mapTo(type).one());
    }

    /// The failed tasks' reasons that the counts do not agree on; 0 when all do.
    long miscountedFailures() {
        return value(Long.class, """
                with counted as (
                    select id >> 24 as lane, reason, count(*) as n from task where state = 'failed' group by 1, 2
                ), told as (
                    select lane, reason, sum(tasks) as n from failure group by 1, 2
                )
                select count(*) from counted c full join told t using (lane, reason)
                where coalesce(c.n, 0) <> coalesce(t.n, 0)
                """);
    }

    @Override
    public void close() {
        producer.close();
    }
}
