package dev.rollcall.trigger.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A queue: what waits and runs of the caller's, and how quick it has been for everybody.
///
/// @param type `prompt` for a provider, otherwise the handler's own name
/// @param waiting tasks that are neither running nor final
/// @param oldestWaitingSeconds how long the oldest of them has been due; null when nothing is due
/// @param perMinute ends within the last minute, as far as this replica has heard
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueStatus(
        String name,
        String type,
        String pool,
        int concurrency,
        @Nullable Instant pausedAt,
        @Nullable Integer perTick,
        @Nullable Integer tickMs,
        @Nullable Integer delayMs,
        long waiting,
        long running,
        @Nullable Double oldestWaitingSeconds,
        long perMinute,
        @Nullable Long averageMillis,
        @Nullable Long p95Millis) {

    static QueueStatus of(Queues.Row row, RecentEnds.Summary recent) {
        return new QueueStatus(
                row.name(),
                row.type(),
                "prompts",
                row.concurrency(),
                row.pausedAt(),
                row.perTick(),
                row.tickMs(),
                row.delayMs(),
                row.waiting(),
                row.running(),
                row.oldestWaitingSeconds(),
                recent.perMinute(),
                recent.averageMillis(),
                recent.p95Millis());
    }
}
