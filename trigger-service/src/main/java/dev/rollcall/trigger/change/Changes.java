package dev.rollcall.trigger.change;

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
            switch (action) {
                case CANCEL -> {
                    tell(action, batch);
                    Cancellations.finish(jdbi, batch);
                }
                case PAUSE -> tell(action, batch);
                case RESUME, RETRY_FAILED -> {
                    Revivals.finish(jdbi, batch);
                    tell(action, batch);
                }
            }
        }
        return verdict;
    }

    private void tell(Action action, long batch) {
        news.fire(new BatchNews(action.news(), batch));
    }

    private static Verdict decide(Handle tx, Caller who, Action action, long id) {
        Locked batch = BatchLocks.lock(tx, id);
        Standing standing = BatchLocks.standing(tx, id);
        Verdict verdict = Verdict.of(action, standing);
        if (verdict instanceof Act) {
            String result = act(tx, action, batch, standing);
            Audit.note(tx, who, "batch." + action.code(), batch.organization(), Long.toString(id), result);
        }
        return verdict;
    }

    private static String act(Handle tx, Action action, Locked batch, Standing standing) {
        return switch (action) {
            case CANCEL -> {
                // a resume that is under way has taken nothing back but what it has revived
                BatchLocks.mark(tx, batch.id(), """
                        cancelled_at = coalesce(cancelled_at, clock_timestamp()), reviving = null,
                        closed_at = null""");
                yield "asked";
            }
            case PAUSE -> {
                BatchLocks.mark(tx, batch.id(), "paused_at = clock_timestamp()");
                yield "paused";
            }
            case RESUME -> {
                if (batch.cancelledAt() == null) {
                    BatchLocks.mark(tx, batch.id(), "paused_at = null");
                    yield "0 tasks to be run after all";
                }
                // also of a cancel that was not carried out to its end
                Revivals.remind(tx, batch.day(), BatchLocks.lanesWithPending(tx, batch.id()));
                BatchLocks.mark(tx, batch.id(), "reviving = 'cancelled', paused_at = null");
                yield standing.lost() + " tasks to be run after all";
            }
            case RETRY_FAILED -> {
                BatchLocks.mark(tx, batch.id(), "reviving = 'failed'");
                yield standing.failed() + " tasks due again";
            }
        };
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
