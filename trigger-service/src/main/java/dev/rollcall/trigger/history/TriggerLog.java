package dev.rollcall.trigger.history;

import dev.rollcall.ledger.History;
import dev.rollcall.trigger.plan.Opening;
import dev.rollcall.trigger.plan.Opening.AlreadyOpen;
import dev.rollcall.trigger.plan.Opening.NothingToRun;
import dev.rollcall.trigger.plan.Opening.Opened;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Writes down every pull of the trigger: who pulled it, and what came of it.
@Singleton
public class TriggerLog {
    private static final String FUNCTION = "trigger";
    private static final String NOTHING = "nothing_to_run";

    private final Jdbi jdbi;
    private final History history;

    TriggerLog(Jdbi jdbi, History history) {
        this.jdbi = jdbi;
        this.history = history;
    }

    /// Somebody asked for a run of this day.
    ///
    /// @param handle of the transaction that opened it
    public void requested(Handle handle, LocalDate day, Opening opening, Instant started, Instant completed) {
        write(handle, "request", day, opening, started, completed);
    }

    /// The schedule opened this day.
    ///
    /// @param handle of the transaction that opened it
    public void scheduled(Handle handle, LocalDate day, Opened opened, Instant started, Instant completed) {
        write(handle, "schedule", day, opened, started, completed);
    }

    /// The schedule found nothing to run on this day. It repeats itself and has replicas, so that is written once, and
    /// in a transaction that sees what the others wrote before it came by the lock.
    public void scheduled(LocalDate day, NothingToRun nothing, Instant started, Instant completed) {
        jdbi.useTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtext('rollcall.nothing_to_run'))");
            if (!foundEmpty(handle, day)) {
                write(handle, "schedule", day, nothing, started, completed);
            }
        });
    }

    /// Whether the schedule has found nothing to run on this day before. What a person's request found says nothing
    /// about the hour the day is due.
    public boolean foundEmpty(Handle handle, LocalDate day) {
        return handle.createQuery("""
                        select exists (select from scheduler_runs
                                       where function = :function and run_key = :key and status = :status
                                         and result ->> 'by' = 'schedule')
                        """)
                .bind("function", FUNCTION)
                .bind("key", keyOf(day))
                .bind("status", NOTHING)
                .mapTo(Boolean.class)
                .one();
    }

    private void write(Handle handle, String by, LocalDate day, Opening opening, Instant started, Instant completed) {
        switch (opening) {
            case Opened(long run, String key) ->
                history.record(handle, FUNCTION, key, "opened", started, completed, Map.of("by", by, "run", run));
            case AlreadyOpen(long run, String key) ->
                history.record(handle, FUNCTION, key, "already_open", started, completed, Map.of("by", by, "run", run));
            case NothingToRun(String why) ->
                history.record(handle, FUNCTION, keyOf(day), NOTHING, started, completed, Map.of("by", by, "why", why));
        }
    }

    private static String keyOf(LocalDate day) {
        return "daily:" + day;
    }
}
