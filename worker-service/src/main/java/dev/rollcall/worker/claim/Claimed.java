package dev.rollcall.worker.claim;

import dev.rollcall.ledger.TaskId;
import java.time.Instant;
import java.time.LocalDate;

/// A task that is this worker's to run, and what it needs to run it.
///
/// @param run the run it belongs to
/// @param worker the incarnation that owns it
/// @param claim the row of the side table that lists it
/// @param attempt the fence: a result counts only while the task is at this attempt
/// @param spared attempts so far that cost nothing
/// @param deaths attempts so far whose worker died
/// @param maxAttempts the budget
/// @param prompt the text to send
public record Claimed(
        long task,
        LocalDate day,
        long run,
        long worker,
        long claim,
        String provider,
        int attempt,
        int spared,
        int deaths,
        int maxAttempts,
        Instant claimedAt,
        String prompt) {

    public long lane() {
        return new TaskId(task).lane();
    }

    /// Attempts that count against the budget, this one included.
    public int spent() {
        return attempt - spared;
    }
}
