package dev.rollcall.worker.finish;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.handler.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// A door to the worker's statement that ends claims.
public final class EndStatements {
    private EndStatements() {}

    /// @param state `PENDING` for a try that is to be repeated
    public static void end(Jdbi ledger, Claimed claimed, TaskState state) {
        String outcome = state == TaskState.PENDING ? "retry" : state.code();
        String reason = state == TaskState.SUCCEEDED ? null : state == TaskState.PENDING ? "http_500" : "cancelled";
        Ending ending = new Ending(state, outcome, reason, null, false, Duration.ZERO);
        new Endings(ledger)
                .write(claimed.day(), List.of(new Ended(claimed, ending, Call.NONE, Instant.now(), "an answer")));
    }
}
