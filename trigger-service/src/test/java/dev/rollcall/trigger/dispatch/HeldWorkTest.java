package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.TaskId;
import dev.rollcall.message.Wire;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LaneRow;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What pauses, rates, bounds and priorities hold back, and what they do not. The test plays the workers.
@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class HeldWorkTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Dispatcher dispatcher;

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private Listener listener = new Listener();

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.provider("p").concurrency(100);
        ledger.provider("q").concurrency(100);
        listener.close();
        listener = new Listener();
    }

    @AfterEach
    void end() {
        listener.close();
    }

    @Test
    void aPausedQueueHoldsItsWorkAndLosesNoneOfIt() {
        set("queue_setting (queue, paused_at) values ('p', clock_timestamp())");
        LaneRow held = ledger.lane("acme", "p", DAY, 5);
        LaneRow free = ledger.lane("acme", "q", DAY, 5);
        listener.awaitHinted(5);
        assertThat(lanes()).containsOnly(free.id());
        execute("delete from queue_setting");
        listener.awaitHinted(10);
        assertThat(lanes()).contains(held.id());
    }

    @Test
    void whatSomebodyAsksForByNameRunsInAPausedQueueToo() {
        set("queue_setting (queue, paused_at) values ('p', clock_timestamp())");
        LaneRow lane = ledger.lane("acme", "p", DAY, 5);
        execute("update lane set next = 5");
        due(lane, 1, "clock_timestamp()");
        due(lane, 3, "'-infinity'");
        listener.awaitHinted(1);
        assertThat(listener.hinted()).containsExactly(lane.task(3));
    }

    @Test
    void aRateLetsNoMoreBeClaimedThanATickHolds() {
        set("queue_setting (queue, per_tick, tick_ms) values ('p', 2, 1000)");
        LaneRow lane = ledger.lane("acme", "p", DAY, 6);
        listener.awaitHinted(2);
        long claimed = System.nanoTime();
        succeed(lane.task(0));
        succeed(lane.task(1));
        listener.awaitHinted(4);
        assertThat(Duration.ofNanos(System.nanoTime() - claimed)).isGreaterThan(Duration.ofMillis(1000));
        execute("delete from queue_setting");
        dispatcher.wake();
        listener.awaitHinted(6);
    }

    @Test
    void aBatchWithConcurrencyOneHasOneTaskUnderWayInTheOrderOfItsRows() throws Wire.Unreadable {
        LaneRow lane = lane(3, "concurrency = 1");
        for (int row = 0; row < 3; row++) {
            listener.awaitHinted(row + 1);
            assertThat(listener.hinted()).endsWith(lane.task(row));
            dispatcher.wake();
            listener.poll();
            assertThat(listener.hinted()).hasSize(row + 1);
            succeed(lane.task(row));
        }
    }

    @Test
    void aRowThatWaitsToBeTriedAgainKeepsTheNextOneBack() throws Wire.Unreadable {
        LaneRow lane = lane(2, "concurrency = 1");
        listener.awaitHinted(1);
        due(lane, 0, "clock_timestamp() + interval '1 hour'");
        dispatcher.wake();
        listener.poll();
        assertThat(listener.hinted()).containsExactly(lane.task(0));
        execute("update retry set not_before = clock_timestamp()");
        dispatcher.wake();
        await().atMost(PATIENCE).until(() -> value("select count(*) from retry") == 0);
        succeed(lane.task(0));
        listener.awaitHinted(2);
    }

    @Test
    void aPausedBatchIsNotHinted() {
        LaneRow paused = lane(2, "paused_at = clock_timestamp()");
        ledger.lane("bird", "p", DAY, 2);
        listener.awaitHinted(2);
        assertThat(lanes()).doesNotContain(paused.id());
        execute("update batch set paused_at = null");
        listener.awaitHinted(4);
    }

    @Test
    void ofWhatIsNotYetHintedTheHigherPriorityGoesFirst() {
        execute("update provider set concurrency = 1");
        set("queue_setting (queue, paused_at) values ('p', clock_timestamp())");
        ledger.lane("acme", "p", DAY, 20);
        LaneRow urgent = ledger.lane("bird", "p", DAY, 5);
        execute("update batch set priority = 5 where organization = 'bird'");
        execute("delete from queue_setting");
        listener.awaitHinted(5);
        assertThat(lanes()).containsOnly(urgent.id());
    }

    /// A lane whose batch is as it is to be before the dispatcher sees it.
    private LaneRow lane(int size, String settings) {
        set("queue_setting (queue, paused_at) values ('p', clock_timestamp())");
        LaneRow lane = ledger.lane("acme", "p", DAY, size);
        execute("update batch set " + settings);
        execute("delete from queue_setting");
        return lane;
    }

    private List<Long> lanes() {
        return listener.hinted().stream()
                .map(task -> new TaskId(task).lane())
                .distinct()
                .toList();
    }

    private void due(LaneRow lane, int item, String notBefore) {
        set("retry (task, day, lane, attempt, not_before) values (%d, '%s', %d, 0, %s)"
                .formatted(lane.task(item), DAY, lane.id(), notBefore));
        dispatcher.wake();
    }

    private void succeed(long task) {
        owner.useTransaction(tx -> {
            tx.execute("update task set state = 'running', worker = 1, attempt = attempt + 1 where id = ?", task);
            tx.execute("update task set state = 'succeeded', worker = null where id = ?", task);
            tx.execute("""
                    insert into tally (lane, writer, succeeded) values (?, 1, 1)
                    on conflict on constraint tally_pk do update set succeeded = tally.succeeded + 1
                    """, new TaskId(task).lane());
        });
        dispatcher.wake();
    }

    private void set(String row) {
        execute("insert into " + row);
    }

    private void execute(String sql) {
        owner.useHandle(handle -> handle.execute(sql));
    }

    private long value(String sql) {
        return owner.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
