package dev.rollcall.trigger.dispatch;

import org.jspecify.annotations.Nullable;

/// What a queue's workers have at hand, counted in the ledger, and what an operator has said of it.
///
/// @param queue a provider's id, or a handler's type
/// @param concurrency tasks that may run at one time, over all workers
/// @param open whether there is a batch that is not closed
/// @param outstanding tasks that have been hinted and are neither final nor waiting to be hinted again
/// @param running those of them that have been claimed
/// @param ended tasks that are final
/// @param waiting tasks that are to be hinted, now or later
/// @param paused only what somebody asks for by name goes out
/// @param perTick tasks that may be claimed in a tick; null: any number
/// @param tickMs the tick's length; null with `perTick`
/// @param delayMs between two tasks, at least; null: none
public record Room(
        String queue,
        int concurrency,
        boolean open,
        long outstanding,
        long running,
        long ended,
        long waiting,
        boolean paused,
        @Nullable Integer perTick,
        @Nullable Integer tickMs,
        @Nullable Integer delayMs) {
    /// Hints beyond the concurrency, however fast tasks end.
    static final int MOST_AHEAD = 8192;

    private static final int LEAST_AHEAD = 4;
    private static final double SECONDS_AHEAD = 0.5;

    /// Whether an operator has set a rate.
    boolean throttled() {
        return perTick != null || delayMs != null && delayMs > 0;
    }

    /// Tasks whose hints nobody has claimed yet.
    long onTheirWay() {
        return Math.max(0, outstanding - running);
    }

    /// How many more hints may go out.
    ///
    /// The window is the concurrency, half of it again, and more when more than that ends in half a second: enough
    /// that a freed permit finds its next hint already there, so little that nobody's single task waits long behind
    /// another's many.
    ///
    /// @param endingPerSecond tasks of this queue that ended per second of late
    public int free(double endingPerSecond) {
        long ahead = Math.clamp(
                (long) (endingPerSecond * SECONDS_AHEAD), Math.max(LEAST_AHEAD, concurrency / 2), MOST_AHEAD);
        return Math.clamp(concurrency + ahead - outstanding, 0, Integer.MAX_VALUE);
    }
}
