package dev.rollcall.trigger.run;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// How many of a run's or a batch's tasks are in which state. They sum to the plan.
///
/// @param total planned
/// @param processing claimed by a worker
/// @param completed succeeded
public record Counts(long total, long processing, long completed, long failed, long cancelled) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Counts {
        if (processing < 0 || completed < 0 || failed < 0 || cancelled < 0) {
            throw new IllegalArgumentException("a count below zero");
        }
        if (processing + completed + failed + cancelled > total) {
            throw new IllegalArgumentException("more tasks than the %d that are planned".formatted(total));
        }
    }

    Counts plus(Counts other) {
        return new Counts(
                total + other.total,
                processing + other.processing,
                completed + other.completed,
                failed + other.failed,
                cancelled + other.cancelled);
    }

    /// Waiting for a worker.
    public long pending() {
        return remaining() - processing;
    }

    /// Not final yet.
    public long remaining() {
        return total - done();
    }

    /// Final, however it ended.
    public long done() {
        return completed + failed + cancelled;
    }

    /// The share that is final, 0 to 100 with two decimals, never rounded up: 100 means all of it.
    public BigDecimal percent() {
        if (total == 0) {
            return HUNDRED.setScale(2);
        }
        return BigDecimal.valueOf(done()).multiply(HUNDRED).divide(BigDecimal.valueOf(total), 2, RoundingMode.DOWN);
    }

    /// As soon as one task is lost a run can no longer be `completed`, and `failed` says more than `cancelled`.
    public Status status() {
        if (remaining() > 0) {
            return processing + done() == 0 ? Status.PENDING : Status.PROCESSING;
        }
        if (failed > 0) {
            return Status.FAILED;
        }
        return cancelled > 0 ? Status.CANCELLED : Status.COMPLETED;
    }
}
