package dev.rollcall.trigger.change;

import static dev.rollcall.trigger.PlayedWorker.End.FAILED;
import static dev.rollcall.trigger.PlayedWorker.End.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.TaskState;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.BatchOfRows;
import dev.rollcall.trigger.PlayedWorker;
import dev.rollcall.trigger.QuietDispatcher;
import dev.rollcall.trigger.dispatch.Closing;
import dev.rollcall.trigger.job.Jobs;
import dev.rollcall.trigger.job.NewJob;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A batch that is closed never has a task that is not final, whoever comes between.
@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class RacesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 60;

    @Inject
    Jobs jobs;

    @Inject
    Jdbi trigger;

    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final PlayedWorker worker = new PlayedWorker();
    private QuietDispatcher quiet;

    @BeforeEach
    void begin() {
        quiet = new QuietDispatcher();
        ledger.clean();
        ledger.organization("acme");
    }

    @AfterEach
    void end() {
        quiet.close();
    }

    @Test
    void aCloseThatMeetsARetryLeavesTheBatchOpen() throws InterruptedException, ExecutionException {
        BatchOfRows batch = BatchOfRows.of("acme", 1, 1, 1);
        worker.claim(List.of(batch.task(0, 0)));
        worker.end(batch.task(0, 0), FAILED);
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> close = trigger.inTransaction(tx -> {
                BatchLocks.lock(tx, batch.id());
                Future<?> closing = others.submit(() -> trigger.useHandle(Closing::close));
                // it has looked: now it is over, or waits for us
                await().atMost(PATIENCE).until(() -> closing.isDone() || count("pg_locks where not granted") > 0);
                Revivals.revive(tx, BatchOfRows.DAY, BatchLocks.lanes(tx, batch.id()), TaskState.FAILED);
                return closing;
            });
            close.get();
        }
        assertThat(count("batch where closed_at is null")).isOne();
    }

    @Test
    void aCloseThatMeetsAnAppendLeavesTheBatchOpen() throws InterruptedException, ExecutionException {
        long first = trigger.inTransaction(this::append);
        worker.claim(List.of(first));
        worker.end(first, SUCCEEDED);
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> close = trigger.inTransaction(tx -> {
                append(tx);
                Future<?> closing = others.submit(() -> trigger.useHandle(Closing::close));
                await().atMost(PATIENCE).until(() -> closing.isDone() || count("pg_locks where not granted") > 0);
                return closing;
            });
            close.get();
        }
        assertThat(count("batch where closed_at is null")).isOne();
        assertThat(count("retry")).isOne();
    }

    @Test
    void appendingAndClosingForAWhileLeaveNoClosedBatchWithOpenTasks() throws InterruptedException, ExecutionException {
        AtomicBoolean over = new AtomicBoolean();
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> closed = others.submit(() -> {
                int wrong = 0;
                while (!over.get()) {
                    trigger.useHandle(Closing::close);
                    wrong += closedWithOpenTasks();
                }
                return wrong;
            });
            for (int round = 0; round < ROUNDS; round++) {
                long job = trigger.inTransaction(this::append);
                worker.claim(List.of(job));
                worker.end(job, round % 2 == 0 ? SUCCEEDED : FAILED);
                if (round % 2 == 1) {
                    trigger.useTransaction(tx -> retry(tx, job));
                    worker.claim(List.of(job));
                    worker.end(job, SUCCEEDED);
                }
            }
            over.set(true);
            assertThat(closed.get()).isZero();
        }
        trigger.useHandle(Closing::close);
        assertThat(count("batch where closed_at is not null")).isOne();
        assertThat(count("retry")).isZero();
        assertThat(ledger.recount()).isEmpty();
    }

    private long append(Handle tx) {
        return jobs.append(tx, "acme", List.of(new NewJob("sleep", "{\"millis\": 0}", 0, 3, null)))
                .getFirst()
                .job();
    }

    private static void retry(Handle tx, long job) {
        var batch = BatchLocks.lock(
                tx, tx.createQuery("select id from batch").mapTo(Long.class).one());
        Revivals.revive(tx, batch.day(), TaskRange.covering(List.of(job)), TaskState.FAILED);
        tx.execute("update batch set closed_at = null");
    }

    private int closedWithOpenTasks() {
        return count("batch b join lane l on l.batch = b.id join task t on t.day = l.day and t.id >> 24 = l.id "
                + "where b.closed_at is not null and t.state in ('pending', 'running')");
    }

    private int count(String what) {
        return owner.withHandle(handle -> handle.createQuery("select count(*) from " + what)
                .mapTo(Integer.class)
                .one());
    }
}
