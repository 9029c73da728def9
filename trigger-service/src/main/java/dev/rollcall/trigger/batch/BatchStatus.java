package dev.rollcall.trigger.batch;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a batch of rows is. Times are UTC.
///
/// @param createdAt when it was accepted
/// @param closedAt when the last of its tasks became final
/// @param tasks every row on every provider; the counts sum to it
/// @param percent the share that is final, never rounded up
/// @param ratePerSecond how many became final a second: of late while it runs, over its whole life when it is done;
///     null when nobody can say
/// @param eta absent when nobody can say
/// @param heldBack why some of it waits although nobody is before it
/// @param errors failed tasks by reason, the most frequent first
/// @param concurrency tasks that may be under way at one time; null for no bound
/// @param receipt what a cancellation met
public record BatchStatus(
        String batchId,
        @Nullable String name,
        String organization,
        State status,
        Instant createdAt,
        @Nullable Instant closedAt,
        List<String> providers,
        long rows,
        long tasks,
        BigDecimal percent,
        BatchCounts counts,
        @Nullable BigDecimal ratePerSecond,
        @JsonInclude(NON_NULL) @Nullable Eta eta,
        List<HeldBack> heldBack,
        List<FailedBy> errors,
        @Nullable Integer concurrency,
        int maxRetries,
        int priority,
        @JsonInclude(NON_NULL) @Nullable Receipt receipt) {

    /// Tasks that failed for one reason.
    public record FailedBy(String reason, long tasks) {}

    static BatchStatus of(BatchView batch, @Nullable BigDecimal ratePerSecond, @Nullable Eta eta) {
        BatchCounts counts = batch.counts();
        return new BatchStatus(
                Long.toString(batch.id()),
                batch.name(),
                batch.organization(),
                batch.state(),
                batch.openedAt(),
                batch.closedAt(),
                batch.lanes().stream().map(LaneView::queue).toList(),
                batch.rows(),
                counts.ended() + counts.remaining(),
                counts.percent(),
                counts,
                ratePerSecond,
                eta,
                HeldBack.of(batch),
                batch.failures(),
                batch.concurrency(),
                batch.maxAttempts() - 1,
                batch.priority(),
                batch.cancelled() ? Receipt.of(batch) : null);
    }

    /// Whether nothing of it will change any more, unless somebody retries or resumes it.
    @JsonIgnore
    public boolean isFinal() {
        return closedAt != null;
    }
}
