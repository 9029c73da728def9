package dev.rollcall.trigger.batch;

import dev.rollcall.trigger.batch.BatchStatus.FailedBy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A batch of rows and its lanes, all at one moment.
///
/// @param now the moment, by the database's clock
/// @param unstarted tasks that the latest cancel kept from ever starting
/// @param columns the names of its rows' cells
record BatchView(
        Instant now,
        long id,
        @Nullable String name,
        String organization,
        LocalDate day,
        State state,
        Instant openedAt,
        @Nullable Instant closedAt,
        boolean cancelled,
        long unstarted,
        @Nullable Integer concurrency,
        int maxAttempts,
        int priority,
        List<String> columns,
        List<LaneView> lanes) {

    BatchView with(List<LaneView> lanes) {
        return new BatchView(
                now,
                id,
                name,
                organization,
                day,
                state,
                openedAt,
                closedAt,
                cancelled,
                unstarted,
                concurrency,
                maxAttempts,
                priority,
                columns,
                lanes);
    }

    BatchCounts counts() {
        return lanes.stream().map(LaneView::counts).reduce(BatchCounts.NONE, BatchCounts::plus);
    }

    /// Every row is on every lane.
    int rows() {
        return lanes.stream().mapToInt(LaneView::size).max().orElse(0);
    }

    /// Failed tasks by reason, the most frequent first.
    List<FailedBy> failures() {
        Map<String, Long> byReason = new TreeMap<>();
        lanes.forEach(lane -> lane.failures().forEach((reason, tasks) -> byReason.merge(reason, tasks, Long::sum)));
        return byReason.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> new FailedBy(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(FailedBy::tasks).reversed())
                .toList();
    }

    /// Whether more of it will be hinted.
    boolean isUnderway() {
        return state == State.PENDING || state == State.PROCESSING;
    }
}
