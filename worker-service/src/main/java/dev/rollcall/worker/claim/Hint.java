package dev.rollcall.worker.claim;

import dev.rollcall.ledger.TaskId;
import java.time.LocalDate;

/// One task of a hint record, held until there is a permit for it.
///
/// @param provider the queue it says the task is in
/// @param receipt tells the offsets' keeper that this task is dealt with
public record Hint(LocalDate day, String provider, long task, Offsets.Receipt receipt) {
    /// Where its task would be; a hint may say anything.
    long lane() {
        return TaskId.laneOf(task);
    }

    /// What is hinted, wherever the hint came from.
    public record Wanted(long task, String queue) {}

    public Wanted wanted() {
        return new Wanted(task, provider);
    }
}
