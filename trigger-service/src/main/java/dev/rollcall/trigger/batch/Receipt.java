package dev.rollcall.trigger.batch;

/// What a cancellation met.
///
/// @param neverStarted tasks it kept from ever starting
/// @param abortedInCall tasks whose call was aborted
/// @param finishedBefore tasks that were final when it came
/// @param stillRunning tasks whose worker has not yet aborted them
public record Receipt(long neverStarted, long abortedInCall, long finishedBefore, long stillRunning) {
    static Receipt of(BatchView batch) {
        BatchCounts counts = batch.counts();
        return new Receipt(
                batch.unstarted(),
                counts.cancelled() - batch.unstarted(),
                counts.succeeded() + counts.failed(),
                counts.running());
    }
}
