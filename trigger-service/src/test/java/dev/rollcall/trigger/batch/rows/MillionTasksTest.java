package dev.rollcall.trigger.batch.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import dev.rollcall.trigger.batch.Api;
import dev.rollcall.trigger.batch.BatchId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// A batch of half a million rows on two providers.
@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class MillionTasksTest {
    private static final int ROWS = 500_000;
    private static final int CALLS = 200;

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private Api api = new Api("");

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.organization("acme");
        api = new Api(TestKeys.of("acme", "read"));
    }

    @Test
    void aStatusIsQuickWhileItRunsAndLooksAtNoTask() throws IOException, InterruptedException {
        BatchRow batch =
                ledger.rows("acme", "p1", "p2").rows(ROWS).hinted("p1", ROWS).hinted("p2", 1000);
        owner.useHandle(handle -> {
            handle.execute("""
                    insert into tally (lane, writer, running, succeeded, failed)
                    select l.id, w, 10, 1000, 5 from lane l, generate_series(1, 16) w
                    """);
            handle.execute("""
                    insert into failure (lane, writer, reason, tasks)
                    select l.id, w, 'http_' || r, 1 from lane l, generate_series(1, 16) w, generate_series(400, 404) r
                    """);
            // many wait for a retry
            handle.execute(
                    "insert into retry (task, day, lane, attempt, not_before) "
                            + "select id, day, id >> 24, 1, clock_timestamp() + interval '1 hour' from task "
                            + "where id >= ? and id < ?",
                    batch.task("p1", 100_000),
                    batch.task("p1", 400_000));
        });
        AtomicBoolean done = new AtomicBoolean();
        Thread workers = Thread.ofVirtual().start(() -> work(done));
        status();
        long looked = looksAtTasks();
        double before = backendSeconds();
        List<Long> micros = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            long start = System.nanoTime();
            assertThat(status()).contains("\"tasks\":1000000");
            micros.add((System.nanoTime() - start) / 1000);
        }
        double backend = backendSeconds() - before;
        done.set(true);
        workers.join();
        List<Long> sorted = micros.stream().sorted().toList();
        System.out.printf(
                "MEASURED status of 1,000,000 tasks: median %.1f ms, p99 %.1f ms, %.2f ms of PostgreSQL's CPU%n",
                sorted.get(CALLS / 2) / 1000.0, sorted.get(CALLS * 99 / 100) / 1000.0, backend * 1000 / CALLS);
        // what else runs on the machine moves the times, hardly what a call costs
        assertThat(backend * 1000 / CALLS)
                .as("milliseconds of PostgreSQL's CPU a call")
                .isLessThan(5);
        assertThat(sorted.get(CALLS / 2)).as("median in microseconds").isLessThan(200_000);
        // the dispatcher looks now and then; a status that looked would do it at every call, lane by lane
        assertThat(looksAtTasks() - looked).as("looks at tasks").isLessThan(2 * CALLS);
    }

    /// Figures for the reader: `-Drollcall.measure=true`.
    @Test
    @EnabledIfSystemProperty(named = "rollcall.measure", matches = "true")
    void anExportIsAsQuickAsCopy() throws IOException, InterruptedException {
        ledger.rows("acme", "p1", "p2")
                .rows(ROWS)
                .ended("p1", 0, ROWS, "succeeded")
                .ended("p2", 0, ROWS, "succeeded");
        plan();
        for (String analyzed : List.of("before analyze", "after analyze")) {
            for (String format : List.of("jsonl", "csv")) {
                double before = backendSeconds();
                double beforeOurs = ourSeconds();
                long start = System.nanoTime();
                Read read = read(format, () -> {});
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "MEASURED export %s %s: %d lines, %d MB, first after %.0f ms, %.2f s, %.0f rows/s, "
                                + "CPU %.2f s PostgreSQL, %.2f s here with the client%n",
                        format,
                        analyzed,
                        read.lines(),
                        read.bytes() >> 20,
                        (read.first() - start) / 1e6,
                        seconds,
                        read.lines() / seconds,
                        backendSeconds() - before,
                        ourSeconds() - beforeOurs);
                assertThat(read.lines()).isGreaterThanOrEqualTo(2 * ROWS);
            }
            owner.useHandle(handle -> handle.execute("analyze"));
        }
        long idle = liveHeap();
        AtomicLong halfway = new AtomicLong();
        read("csv", () -> halfway.set(liveHeap()));
        System.out.printf("MEASURED export csv: live heap %+d KB halfway%n", (halfway.get() - idle) >> 10);
        assertThat(halfway.get() - idle).as("bytes").isLessThan(16 << 20);
    }

    /// @param first when the first bytes came, in [System#nanoTime]
    private record Read(long lines, long bytes, long first) {}

    private Read read(String format, Runnable halfway) throws IOException, InterruptedException {
        long lines = 0;
        long bytes = 0;
        long first = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream body = api.open("/1/results?format=" + format).body()) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                first = first == 0 ? System.nanoTime() : first;
                bytes += n;
                long before = lines;
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                if (before < ROWS && lines >= ROWS) {
                    halfway.run();
                }
            }
        }
        return new Read(lines, bytes, first);
    }

    private static long liveHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void plan() {
        owner.useTransaction(handle -> {
            handle.execute("set local role rollcall_api");
            handle.execute("select set_config('app.org', 'acme', true)");
            Copy.prepare(handle);
            String copy = Copy.results(Frame.find(handle, new BatchId(1)));
            String query = copy.substring("copy (".length(), copy.lastIndexOf(") to stdout"));
            handle.createQuery("explain (costs off) " + query.replace(":", "\\:"))
                    .mapTo(String.class)
                    .forEach(line -> System.out.println("MEASURED " + line));
        });
    }

    /// Sixteen workers' counts move all the time.
    private void work(AtomicBoolean done) {
        while (!done.get()) {
            owner.useHandle(handle -> handle.execute(
                    "update tally set succeeded = succeeded + 1 where writer = 1 + (random() * 15)::integer"));
        }
    }

    private String status() throws IOException, InterruptedException {
        try (InputStream body = api.open("/1").body()) {
            return new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static double ourSeconds() {
        return seconds(ProcessHandle.current());
    }

    /// What the API's connections have cost so far: on a busy machine it tells more than the time it took.
    private double backendSeconds() {
        return owner
                .withHandle(
                        handle -> handle.createQuery("select pid from pg_stat_activity where usename = 'rollcall_api'")
                                .mapTo(Long.class)
                                .list())
                .stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .mapToDouble(MillionTasksTest::seconds)
                .sum();
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    private long looksAtTasks() {
        // a session tells what it did within a second
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        return owner.withHandle(
                handle -> handle.createQuery("""
                        select sum(seq_scan + coalesce(idx_scan, 0)) from pg_stat_user_tables where relname like 'task%'
                        """).mapTo(Long.class).one());
    }
}
