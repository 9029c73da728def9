package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.QuietDispatcher;
import dev.rollcall.trigger.hint.FastPath;
import dev.rollcall.trigger.job.Jobs;
import dev.rollcall.trigger.job.Jobs.Appended;
import dev.rollcall.trigger.job.NewJob;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Jobs that need no turn, between a real ledger, a real topic and the dispatcher that is at work beside them.
@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class FastPathTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Concurrency 4 and the least the dispatcher looks ahead, see [Room].
    private static final int WINDOW = 8;

    @Inject
    Jdbi jdbi;

    @Inject
    Jobs jobs;

    @Inject
    FastPath fastPath;

    /// What went the fast path is remembered for a while, so no test may have a task of another one.
    private static final AtomicInteger LANES = new AtomicInteger(1000);

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private final Listener listener = onAnEmptyLedger();

    private Listener onAnEmptyLedger() {
        try (QuietDispatcher _ = new QuietDispatcher()) {
            ledger.clean();
            owner.useHandle(handle -> handle.execute(
                    "alter table lane alter column id restart with %d".formatted(LANES.addAndGet(1000))));
            ledger.organization("acme");
            ledger.provider("few").concurrency(4);
        }
        return new Listener();
    }

    @AfterEach
    void end() {
        listener.close();
    }

    @Test
    void whereNobodyWaitsAJobIsHintedOnceAndThenWaitsNoMore() {
        long job = taken("sleep");
        await().atMost(PATIENCE).until(() -> count("retry") == 0);
        assertThat(count("lane where next = size and dispatched_at is not null"))
                .as("the reconciler can tell since when its hint is on its way")
                .isEqualTo(count("lane"));
        listener.awaitHinted((int) count("task"));
        assertThat(listener.hinted()).contains(job);
        assertThat(listener.hints()).isEqualTo(listener.hinted().size());
    }

    @Test
    void beyondTheWindowJobsWaitForTheDispatcher() {
        taken("few");
        while (count("task") < WINDOW) {
            append("few", null);
        }
        long waiting = append("few", null);
        assertThat(fastPath.took(List.of(waiting))).isFalse();
        listener.awaitHinted(WINDOW);
        assertThat(listener.hinted()).doesNotContain(waiting);
        await().atMost(PATIENCE).until(() -> count("retry") == 1);
        assertThat(count("retry where task = " + waiting)).isOne();
    }

    @Test
    void whoeverComesBesideADispatcherAtWorkIsHintedOnceToo() {
        int each = 100;
        taken("sleep");
        long before = count("task");
        List<Long> all = Collections.synchronizedList(new ArrayList<>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < each; n++) {
                // what is due in a moment wakes the dispatcher, which then looks at the others too
                threads.submit(() -> all.add(append("sleep", null)));
                threads.submit(() -> all.add(append("sleep", Instant.now())));
            }
        }
        assertThat(all).hasSize(2 * each);
        await().atMost(PATIENCE).until(() -> count("retry") == 0);
        listener.awaitHinted((int) before + 2 * each);
        assertThat(listener.hints()).isEqualTo(before + 2 * each);
    }

    @Test
    void whatIsPausedOrDueLaterIsNotTaken() {
        taken("sleep");
        owner.useHandle(handle ->
                handle.execute("insert into queue_setting (queue, paused_at) values ('sleep', clock_timestamp())"));
        assertThat(fastPath.took(List.of(append("sleep", null))))
                .as("as soon as the pause is written, before the dispatcher has seen it")
                .isFalse();
        taken("few");
        assertThat(fastPath.took(List.of(append("few", Instant.now().plusSeconds(60)))))
                .isFalse();
    }

    @Test
    void whatIsRolledBackIsNotHinted() {
        taken("sleep");
        List<Appended> never = new ArrayList<>();
        jdbi.useTransaction(tx -> {
            never.addAll(jobs.append(tx, "acme", List.of(new NewJob("sleep", "{\"millis\": 0}", 0, 3, null))));
            assertThat(fastPath.took(List.of(never.getFirst().job()))).isTrue();
            tx.rollback();
        });
        long next = append("sleep", null);
        assertThat(next).as("has its number").isEqualTo(never.getFirst().job());
        listener.awaitHinted((int) count("task"));
        assertThat(listener.hints()).isEqualTo(count("task"));
    }

    /// Appends jobs until one has been taken: the dispatcher must have looked at the queue.
    private long taken(String queue) {
        List<Long> job = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            job.clear();
            job.add(append(queue, null));
            return fastPath.took(job);
        });
        return job.getFirst();
    }

    private long append(String queue, @Nullable Instant notBefore) {
        return jdbi.inTransaction(
                        tx -> jobs.append(tx, "acme", List.of(new NewJob(queue, "{\"millis\": 0}", 0, 3, notBefore))))
                .getFirst()
                .job();
    }

    private long count(String what) {
        return owner.withHandle(handle -> handle.createQuery("select count(*) from " + what)
                .mapTo(Long.class)
                .one());
    }
}
