package dev.rollcall.trigger.batch;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tasks that are pending for a reason of their own, not because others are before them.
///
/// @param until when the last of them may go; absent when nobody can say
/// @param queue whose they are; absent for all of the batch
@JsonInclude(NON_NULL)
public record HeldBack(
        Why why,
        long tasks,
        @Nullable Instant until,
        @Nullable String queue) {
    /// What holds them.
    public enum Why {
        /// The batch is paused.
        PAUSED,
        /// An operator paused the queue.
        QUEUE_PAUSED,
        /// They failed and are to be tried again later.
        RETRY_LATER,
        /// As many of the batch are under way as its `concurrency` allows.
        CONCURRENCY;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static List<HeldBack> of(BatchView batch) {
        if (batch.state() == State.PAUSED) {
            return List.of(new HeldBack(Why.PAUSED, batch.counts().pending(), null, null));
        }
        if (!batch.isUnderway()) {
            return List.of();
        }
        List<HeldBack> held = new ArrayList<>();
        batch.lanes().forEach(lane -> add(held, lane));
        addConcurrency(held, batch);
        return held;
    }

    private static void add(List<HeldBack> held, LaneView lane) {
        if (lane.queuePaused() && lane.counts().pending() > 0) {
            held.add(new HeldBack(Why.QUEUE_PAUSED, lane.counts().pending(), null, lane.queue()));
        } else if (lane.until() != null && lane.waiting() > 0) {
            held.add(new HeldBack(Why.RETRY_LATER, lane.waiting(), lane.until(), lane.queue()));
        }
    }

    private static void addConcurrency(List<HeldBack> held, BatchView batch) {
        long untouched = batch.lanes().stream()
                .filter(lane -> !lane.queuePaused())
                .mapToLong(LaneView::untouched)
                .sum();
        long touched = batch.lanes().stream().mapToLong(LaneView::next).sum();
        long underWay = touched - batch.counts().ended();
        if (batch.concurrency() != null && untouched > 0 && underWay >= batch.concurrency()) {
            held.add(new HeldBack(Why.CONCURRENCY, untouched, null, null));
        }
    }
}
