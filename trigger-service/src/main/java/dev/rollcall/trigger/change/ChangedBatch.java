package dev.rollcall.trigger.change;

import org.jspecify.annotations.Nullable;

/// A batch as it stands after a change.
///
/// @param receipt what the cancel did; null while the batch is not cancelled
public record ChangedBatch(
        String batchId,
        String status,
        Counts counts,
        @Nullable Receipt receipt) {

    /// How many tasks are in which state.
    public record Counts(long pending, long running, long succeeded, long failed, long cancelled) {}

    /// What a cancel did to the batch's tasks. They sum to all of them once nothing is pending.
    ///
    /// @param neverStarted were in no call when the cancel was asked, and will be in none
    /// @param abortedInCall were in a call then
    /// @param finishedBefore succeeded or failed
    /// @param stillRunning calls that are not over yet
    public record Receipt(long neverStarted, long abortedInCall, long finishedBefore, long stillRunning) {}
}
