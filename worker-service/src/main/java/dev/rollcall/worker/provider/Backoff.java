package dev.rollcall.worker.provider;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential backoff with full jitter: a wait drawn evenly from zero to `base * 2^(failures - 1)`, never more than
/// the cap. Full jitter spreads a crowd that failed together best, see [Exponential Backoff And
/// Jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
///
/// @param base the most to wait after the first failure
/// @param cap the most to wait after any
public record Backoff(Duration base, Duration cap) {
    public Backoff {
        if (!base.isPositive() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("a backoff from %s up to %s".formatted(base, cap));
        }
    }

    /// @param failedAttempts attempts spent so far, at least 1
    public Duration after(int failedAttempts, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(ceiling(failedAttempts).toNanos() + 1));
    }

    private Duration ceiling(int failedAttempts) {
        if (failedAttempts < 1) {
            throw new IllegalArgumentException("nothing failed: " + failedAttempts);
        }
        int doublings = failedAttempts - 1;
        // compared by division: a product could overflow
        return doublings >= Long.SIZE - 1 || base.toNanos() > cap.toNanos() >> doublings
                ? cap
                : base.multipliedBy(1L << doublings);
    }
}
