package dev.rollcall.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The table `scheduler_runs`: what trigger, reconciler and postcheck did, and what came of it.
@Singleton
public class History {
    private final Jdbi jdbi;
    private final ObjectMapper json;

    History(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// Writes one finished entry in a transaction of its own.
    public void record(
            String function, String runKey, String status, Instant started, Instant completed, Object result) {
        jdbi.useHandle(handle -> record(handle, function, runKey, status, started, completed, result));
    }

    /// Writes one finished entry in the caller's transaction.
    ///
    /// @param result stored as JSON
    public void record(
            Handle handle,
            String function,
            String runKey,
            String status,
            Instant started,
            Instant completed,
            Object result) {
        handle.createUpdate("""
                        insert into scheduler_runs (function, run_key, status, started_at, completed_at, result)
                        values (:function, :runKey, :status, :started, :completed, cast(:result as jsonb))
                        """)
                .bind("function", function)
                .bind("runKey", runKey)
                .bind("status", status)
                .bind("started", started)
                .bind("completed", completed)
                .bind("result", write(result))
                .execute();
    }

    private String write(Object result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a history entry that is not JSON: " + result, e);
        }
    }
}
