package dev.rollcall.trigger.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Token buckets, one a key: filled at a steady rate up to two seconds' worth. What is kept of one is the time at
/// which it will be full again; one that is full need not be kept.
final class Buckets {
    private static final int SECONDS = 2;

    private final long interval;
    private final long depth;
    private final int most;
    private final Map<String, Long> fullAt = new ConcurrentHashMap<>();

    /// @param perSecond tokens
    /// @param most buckets that are kept
    Buckets(int perSecond, int most) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a bucket must be filled, not by %d a second".formatted(perSecond));
        }
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.depth = SECONDS * perSecond * interval;
        this.most = most;
    }

    /// Takes a token if there is one.
    ///
    /// @param now in nanoseconds, as [System#nanoTime()] tells it
    /// @return 0, or the nanoseconds after which there will be one
    long take(String key, long now) {
        if (fullAt.size() >= most && !fullAt.containsKey(key)) {
            forget(now);
        }
        long[] wait = {0};
        fullAt.compute(key, (_, full) -> {
            long taken = (full == null || full - now < 0 ? now : full) + interval;
            wait[0] = Math.max(0, taken - now - depth);
            return wait[0] == 0 ? Long.valueOf(taken) : full;
        });
        return wait[0];
    }

    /// Loses nothing as long as there are fewer keys in use than buckets; else all of them begin anew.
    private void forget(long now) {
        fullAt.values().removeIf(full -> full - now <= 0);
        if (fullAt.size() >= most) {
            fullAt.clear();
        }
    }

    int kept() {
        return fullAt.size();
    }
}
