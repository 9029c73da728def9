package dev.rollcall.local.client;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the trigger-service tells about a batch of rows.
///
/// @param percent the share of tasks that are final, never rounded up
/// @param receipt what became of the tasks when the batch was cancelled
public record BatchStatus(
        String batchId,
        @Nullable String name,
        String organization,
        String status,
        Instant createdAt,
        @Nullable Instant closedAt,
        @Nullable List<String> providers,
        long rows,
        long tasks,
        double percent,
        Counts counts,
        @Nullable Double ratePerSecond,
        @Nullable Eta eta,
        @Nullable List<HeldBack> heldBack,
        @Nullable List<Errors> errors,
        @Nullable Integer concurrency,
        int maxRetries,
        int priority,
        @Nullable Receipt receipt) {

    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    public record Counts(long pending, long running, long succeeded, long failed, long cancelled) {

        /// Tasks that are over, in whichever way.
        public long over() {
            return succeeded + failed + cancelled;
        }

        public long open() {
            return pending + running;
        }

        public long all() {
            return open() + over();
        }
    }

    /// When it is expected to end: between the earliest and the latest.
    public record Eta(Instant earliest, Instant expected, Instant latest) {}

    /// Tasks that wait for something else than a free place.
    public record HeldBack(
            String why,
            long tasks,
            @Nullable Instant until,
            @Nullable String queue) {}

    /// Failed tasks by their reason.
    public record Errors(String reason, long tasks) {}

    public record Receipt(long neverStarted, long abortedInCall, long finishedBefore, long stillRunning) {}

    public List<String> providersOrNone() {
        return providers == null ? List.of() : providers;
    }

    public List<HeldBack> heldBackOrNone() {
        return heldBack == null ? List.of() : heldBack;
    }

    public List<Errors> errorsOrNone() {
        return errors == null ? List.of() : errors;
    }

    /// It ends here, unless somebody asks for more.
    public boolean isOver() {
        return FINAL.contains(status);
    }

    public boolean allSucceeded() {
        return counts.succeeded() == tasks;
    }
}
