package dev.rollcall.trigger.batch;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One provider of a batch at one moment.
///
/// @param next rows below it have been hinted at least once
/// @param waiting tasks that are to be tried again
/// @param until when the last of those is due; null when all of them are
/// @param queuePaused whether an operator paused the queue
/// @param failures failed tasks by reason
record LaneView(
        long id,
        String queue,
        int size,
        int next,
        BatchCounts counts,
        long waiting,
        @Nullable Instant until,
        boolean queuePaused,
        Map<String, Long> failures) {

    /// Tasks that were never hinted.
    long untouched() {
        return size - next;
    }
}
