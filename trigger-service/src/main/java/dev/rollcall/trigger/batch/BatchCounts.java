package dev.rollcall.trigger.batch;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// How many tasks are in which state.
public record BatchCounts(long pending, long running, long succeeded, long failed, long cancelled) {
    static final BatchCounts NONE = new BatchCounts(0, 0, 0, 0, 0);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    BatchCounts plus(BatchCounts other) {
        return new BatchCounts(
                pending + other.pending,
                running + other.running,
                succeeded + other.succeeded,
                failed + other.failed,
                cancelled + other.cancelled);
    }

    /// Final, however they ended.
    long ended() {
        return succeeded + failed + cancelled;
    }

    long remaining() {
        return pending + running;
    }

    /// The share that is final, 0 to 100 with one decimal, never rounded up: 100 means all of it.
    BigDecimal percent() {
        long total = ended() + remaining();
        if (total == 0) {
            return HUNDRED.setScale(1);
        }
        return BigDecimal.valueOf(ended()).multiply(HUNDRED).divide(BigDecimal.valueOf(total), 1, RoundingMode.DOWN);
    }
}
