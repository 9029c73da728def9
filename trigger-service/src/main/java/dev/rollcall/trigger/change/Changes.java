package dev.rollcall.trigger.change;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.message.BatchNews;
import dev.rollcall.trigger.access.Audit;
import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.change.BatchLocks.Locked;
import dev.rollcall.trigger.change.Verdict.Act;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Does what somebody wants done to a batch: first it is written down, then told, then carried out.
@ApplicationScoped
class Changes {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Jdbi jdbi;
    private final Event<BatchNews> news;

    Changes(Jdbi jdbi, Event<BatchNews> news) {
        this.jdbi = jdbi;
        this.news = news;
    }

    /// @return what was decided; when it is [Act], it has been done, except that calls may still be under way
    Verdict apply(Caller who, Action action, long batch) {
        Verdict verdict = jdbi.inTransaction(tx -> decide(tx, who, action, batch));
        if (verdict instanceof Act) {
            news.fire(new BatchNews(action.news(), batch));
            if (action == Action.CANCEL) {
                Cancellations.finish(jdbi, batch);
            }
        }
        return verdict;
    }

    private static Verdict decide(Handle tx, Caller who, Action action, long id) {
        Locked batch = BatchLocks.lock(tx, id);
        Verdict verdict = Verdict.of(action, BatchLocks.standing(tx, id));
        if (verdict instanceof Act) {
            String result = act(tx, action, batch);
            Audit.note(tx, who, "batch." + action.code(), batch.organization(), Long.toString(id), result);
        }
        return verdict;
    }

    private static String act(Handle tx, Action action, Locked batch) {
        return switch (action) {
            case CANCEL -> {
                mark(tx, batch, "cancelled_at = clock_timestamp()");
                yield "asked";
            }
            case PAUSE -> {
                mark(tx, batch, "paused_at = clock_timestamp()");
                yield "paused";
            }
            case RESUME -> {
                int revived = batch.cancelledAt() == null ? 0 : resume(tx, batch);
                mark(tx, batch, "paused_at = null, cancelled_at = null, closed_at = null, unstarted = 0");
                yield revived + " tasks to be run after all";
            }
            case RETRY_FAILED -> {
                int revived = revive(tx, batch, TaskState.FAILED);
                mark(tx, batch, "closed_at = null");
                yield revived + " tasks due again";
            }
        };
    }

    /// Also of a cancel that was not carried out to its end.
    private static int resume(Handle tx, Locked batch) {
        Revivals.remind(tx, batch.day(), BatchLocks.lanesWithPending(tx, batch.id()));
        return revive(tx, batch, TaskState.CANCELLED);
    }

    private static int revive(Handle tx, Locked batch, TaskState from) {
        return Revivals.revive(tx, batch.day(), BatchLocks.lanes(tx, batch.id()), from);
    }

    private static void mark(Handle tx, Locked batch, String columns) {
        tx.createUpdate("update batch set " + columns + " where id = :batch")
                .bind("batch", batch.id())
                .execute();
    }

    /// Waits until nothing of a cancelled batch runs any more, two seconds at most.
    void awaitAborted(long batch) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Duration pause = FIRST_LOOK; running(batch) > 0 && System.nanoTime() < end; pause = longer(pause)) {
            Thread.sleep(pause);
        }
        // a call that ended by itself may have asked for another try
        jdbi.useTransaction(tx -> {
            Locked locked = BatchLocks.lock(tx, batch);
            if (locked.toBeCancelled()) {
                Cancellations.cancelReturned(tx, locked);
            }
        });
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LOOK_EVERY) < 0 ? twice : LOOK_EVERY;
    }

    private long running(long batch) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select coalesce(sum(t.running), 0)
                        from lane l join tally t on t.lane = l.id
                        where l.batch = :batch
                        """).bind("batch", batch).mapTo(Long.class).one());
    }
}
