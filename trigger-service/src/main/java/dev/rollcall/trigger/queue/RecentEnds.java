package dev.rollcall.trigger.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The ends of a queue's work within the last minute: how many, and of the latest thousand how long they took.
final class RecentEnds {
    private static final long MINUTE = 60_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int SECONDS = 60;
    private static final int KEPT = 1024;
    private static final double P95 = 0.95;

    /// @param perMinute ends within the last minute
    /// @param averageMillis from claim to end; null when nothing ended
    /// @param p95Millis nearest rank; null when nothing ended
    record Summary(
            long perMinute,
            @Nullable Long averageMillis,
            @Nullable Long p95Millis) {
        static final Summary NONE = new Summary(0, null, null);
    }

    private final int[] millis = new int[KEPT];
    private final long[] at = new long[KEPT];
    private final long[] counts = new long[SECONDS];
    private final long[] seconds = new long[SECONDS];
    private long added;

    RecentEnds() {
        this(0);
    }

    /// @param added ends so far, all of them long ago
    RecentEnds(long added) {
        this.added = added;
    }

    /// @param nanos a monotonic time
    synchronized void add(int took, long nanos) {
        int place = (int) (added % KEPT);
        millis[place] = took;
        at[place] = nanos;
        added++;
        long second = nanos / SECOND;
        int slot = (int) Math.floorMod(second, SECONDS);
        if (seconds[slot] != second) {
            seconds[slot] = second;
            counts[slot] = 0;
        }
        counts[slot]++;
    }

    synchronized Summary summary(long nanos) {
        int kept = (int) Math.min(added, KEPT);
        int[] recent = new int[kept];
        int n = 0;
        for (int i = 0; i < kept; i++) {
            if (nanos - at[i] < MINUTE) {
                recent[n++] = millis[i];
            }
        }
        if (n == 0) {
            return Summary.NONE;
        }
        int[] sorted = Arrays.copyOf(recent, n);
        Arrays.sort(sorted);
        long average = Math.round(Arrays.stream(sorted).average().orElse(0));
        long p95 = sorted[(int) Math.ceil(P95 * n) - 1];
        return new Summary(perMinute(nanos), average, p95);
    }

    private long perMinute(long nanos) {
        long second = nanos / SECOND;
        long sum = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            sum += second - seconds[slot] < SECONDS ? counts[slot] : 0;
        }
        return sum;
    }
}
