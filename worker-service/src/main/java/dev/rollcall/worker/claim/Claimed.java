package dev.rollcall.worker.claim;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.worker.handler.Work;
import java.time.Instant;
import java.time.LocalDate;
import org.jdbi.v3.core.mapper.Nested;

/// A task that is this worker's to run, and what it needs to run it.
///
/// @param work the attempt; it is the fence: a result counts only while the task is at this attempt
/// @param worker the incarnation that owns it
/// @param claim the row of the side table that lists it
/// @param spared attempts so far that cost nothing
/// @param maxAttempts the budget
public record Claimed(@Nested Work work, long worker, long claim, int spared, int maxAttempts, Instant claimedAt) {

    public long task() {
        return work.task();
    }

    public LocalDate day() {
        return work.day();
    }

    public int attempt() {
        return work.attempt();
    }

    /// The queue whose permit it holds.
    public String provider() {
        return work.queue();
    }

    public long lane() {
        return new TaskId(task()).lane();
    }

    /// Attempts that count against the budget, this one included.
    public int spent() {
        return attempt() - spared;
    }
}
