package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.TaskId;
import dev.rollcall.message.RunNews;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.QuietDispatcher;
import dev.rollcall.trigger.plan.Opening.Opened;
import dev.rollcall.trigger.plan.Plans;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The dispatcher between a real ledger and real topics; the test plays the workers.
@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class DispatcherTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Concurrency 4 and the least the dispatcher looks ahead, see [Room].
    private static final int WINDOW = 8;

    @Inject
    Plans plans;

    @Inject
    Dispatcher dispatcher;

    @Inject
    KafkaClientService kafka;

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private final Listener listener = onAnEmptyLedger();
    private final Set<Long> hinted = listener.hinted();

    /// A pass that began in the test before could still hint what was there then.
    private Listener onAnEmptyLedger() {
        try (QuietDispatcher _ = new QuietDispatcher()) {
            ledger.clean();
            ledger.provider("p").concurrency(4);
        }
        return new Listener();
    }

    @AfterEach
    void end() {
        listener.close();
    }

    @Test
    void theWindowIsFilledAndRefilledAsWorkEnds() {
        ledger.organization("acme").prompts(40);
        open();
        awaitHinted(WINDOW);
        await().atMost(PATIENCE).until(() -> count("lane where next = 8") == 1);
        finish(List.copyOf(hinted).subList(0, 3), "succeeded");
        await().atMost(PATIENCE).until(() -> {
            listener.poll();
            return hinted.size() >= WINDOW + 3;
        });
        assertThat(hinted.size())
                .as("three ends in a quarter of a second look ahead by six")
                .isLessThanOrEqualTo(4 + 6 + 3);
    }

    @Test
    void aSmallOrganizationIsNotBehindALargeOne() {
        ledger.organization("large").prompts(100);
        ledger.organization("small").prompts(2);
        open();
        awaitHinted(WINDOW);
        long small = value("select l.id from lane l join batch b on b.id = l.batch where b.organization = 'small'");
        assertThat(hinted.stream().filter(task -> new TaskId(task).lane() == small))
                .hasSize(2);
    }

    @Test
    void whatIsDueAgainIsHintedAgainAndWhatIsNotYetDueIsNot() {
        ledger.organization("acme").prompts(2);
        open();
        awaitHinted(2);
        long now = List.copyOf(hinted).get(0);
        long later = List.copyOf(hinted).get(1);
        hinted.clear();
        retry(later, "clock_timestamp() + interval '1 hour'");
        retry(now, "clock_timestamp()");
        awaitHinted(1);
        assertThat(hinted).containsExactly(now);
        await().atMost(PATIENCE).until(() -> count("retry") == 1);
        assertThat(count("retry where task = " + later)).isOne();
    }

    @Test
    void aRunIsClosedWhenTheLastOfItsTasksIsFinal() {
        ledger.organization("acme").prompts(2);
        ledger.organization("bird").prompts(1);
        Opened run = open();
        awaitHinted(3);
        finish(List.copyOf(hinted).subList(0, 2), "succeeded");
        assertThat(count("run where closed_at is not null")).isZero();
        finish(List.copyOf(hinted).subList(2, 3), "failed");
        await().atMost(PATIENCE).until(() -> count("run where closed_at is not null") == 1);
        awaitNews(new RunNews(RunNews.What.CLOSED, run.run(), run.key()));
        assertThat(listener.news()).contains(new RunNews(RunNews.What.OPENED, run.run(), run.key()));
    }

    @Test
    void aRepairMakesWhatFailedDueAgainAndNothingElse() {
        ledger.organization("acme").prompts(3);
        Opened run = open();
        awaitHinted(3);
        List<Long> tasks = List.copyOf(hinted);
        finish(tasks.subList(0, 1), "failed");
        finish(tasks.subList(1, 2), "succeeded");
        execute("update task set attempt = 5 where id = " + tasks.getFirst());
        hinted.clear();
        execute("insert into repair (run, asked_by) values (%d, 'test'), (%d, 'test')".formatted(run.run(), run.run()));
        awaitHinted(1);
        assertThat(hinted).containsExactly(tasks.getFirst());
        assertThat(count("repair where done_at is not null")).isEqualTo(2);
        assertThat(count("repair where made_due = 1 and skipped = 1")).isOne();
        assertThat(count("repair where made_due = 0 and skipped = 2")).isOne();
        assertThat(count("task where state = 'pending' and attempt = 5 and spared = 5"))
                .isOne();
        assertThat(ledger.recount()).isEmpty();
        awaitNews(new RunNews(RunNews.What.REPAIRED, run.run(), run.key()));
    }

    @Test
    void aRepairOpensAClosedRunAgain() {
        ledger.organization("acme").prompts(1);
        Opened run = open();
        awaitHinted(1);
        finish(List.copyOf(hinted), "failed");
        await().atMost(PATIENCE).until(() -> count("run where closed_at is not null") == 1);
        hinted.clear();
        execute("update run set deadline = clock_timestamp() - interval '1 day'");
        execute("insert into repair (run, asked_by) values (%d, 'test')".formatted(run.run()));
        awaitHinted(1);
        assertThat(count("run where closed_at is not null")).isZero();
        assertThat(count("run where deadline > clock_timestamp()"))
                .as("a repair has its own time")
                .isOne();
        finish(List.copyOf(hinted), "succeeded");
        await().atMost(PATIENCE).until(() -> count("run where closed_at is not null") == 1);
    }

    @Test
    void aCancelledBatchIsNotHinted() {
        ledger.organization("acme").prompts(100);
        open();
        awaitHinted(WINDOW);
        finish(List.copyOf(hinted), "succeeded");
        execute("update batch set cancelled_at = clock_timestamp()");
        ledger.organization("bird").prompts(1);
        hinted.clear();
        plans.open(DAY, true, (_, opening) -> opening);
        execute("update batch set cancelled_at = clock_timestamp() where organization = 'acme'");
        await().atMost(PATIENCE).until(() -> {
            listener.poll();
            return hinted.stream().anyMatch(task -> new TaskId(task).lane() == value("select max(id) from lane"));
        });
    }

    @Test
    void aDispatcherThatLosesItsConnectionGoesOn() {
        await().atMost(PATIENCE).until(() -> count("pg_locks where locktype = 'advisory' and granted") >= 1);
        execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");
        ledger.organization("acme").prompts(1);
        open();
        awaitHinted(1);
    }

    @Test
    void theConnectorsEffectiveSettingsLoseNothing() {
        for (String channel : List.of("tasks", "runs-out")) {
            var settings = kafka.getProducer(channel).configuration();
            assertThat(settings.get("acks")).hasToString("all");
            assertThat(settings.get("enable.idempotence")).hasToString("true");
        }
    }

    private Opened open() {
        return (Opened) plans.open(DAY, false, (_, opening) -> opening);
    }

    /// Ends tasks as a worker would, and says so.
    private void finish(Collection<Long> tasks, String state) {
        owner.useHandle(handle -> {
            handle.createUpdate(
                            "update task set state = 'running', worker = 1, attempt = attempt + 1 where id = any(:tasks)")
                    .bindArray("tasks", Long.class, tasks)
                    .execute();
            handle.createUpdate("""
                            with ended as (
                                update task set state = :state, worker = null, reason = case :state when 'failed' then 'test' end
                                where id = any(:tasks)
                                returning id, reason
                            ), why as (
                                insert into failure (lane, writer, reason, tasks)
                                select id >> 24, 1, reason, count(*) from ended where reason is not null group by 1, 3
                                on conflict on constraint failure_pk do update set tasks = failure.tasks + excluded.tasks
                            )
                            insert into tally (lane, writer, succeeded, failed)
                            select id >> 24, 1, count(*) filter (where :state = 'succeeded'), count(*) filter (where :state = 'failed')
                            from ended group by 1
                            on conflict on constraint tally_pk do update
                            set succeeded = tally.succeeded + excluded.succeeded, failed = tally.failed + excluded.failed
                            """)
                    .bind("state", state)
                    .bindArray("tasks", Long.class, tasks)
                    .execute();
        });
        dispatcher.wake();
    }

    private void retry(long task, String notBefore) {
        execute("insert into retry (task, day, lane, attempt, not_before) values (%d, '%s', %d, 1, %s)"
                .formatted(task, DAY, new TaskId(task).lane(), notBefore));
    }

    private void awaitHinted(int tasks) {
        listener.awaitHinted(tasks);
    }

    private void awaitNews(RunNews wanted) {
        listener.awaitNews(wanted);
    }

    private void execute(String sql) {
        owner.useHandle(handle -> handle.execute(sql));
    }

    private int count(String what) {
        return Math.toIntExact(value("select count(*) from " + what));
    }

    private long value(String sql) {
        return owner.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
