package dev.rollcall.trigger.dispatch;

/// What a provider's workers have at hand, counted in the ledger.
///
/// @param provider the provider's id
/// @param concurrency calls the provider allows at one time, over all workers
/// @param outstanding tasks that have been hinted and are neither final nor waiting to be hinted again
/// @param ended tasks that are final
public record Room(String provider, int concurrency, long outstanding, long ended) {
    private static final int LEAST_AHEAD = 4;
    private static final int MOST_AHEAD = 8192;
    private static final double SECONDS_AHEAD = 0.5;

    /// How many more hints may go out.
    ///
    /// The window is the concurrency, half of it again, and more when more than that ends in half a second: enough
    /// that a freed permit finds its next hint already there, so little that nobody's single task waits long behind
    /// another's many.
    ///
    /// @param endingPerSecond tasks of this provider that ended per second of late
    public int free(double endingPerSecond) {
        long ahead = Math.clamp(
                (long) (endingPerSecond * SECONDS_AHEAD), Math.max(LEAST_AHEAD, concurrency / 2), MOST_AHEAD);
        return Math.clamp(concurrency + ahead - outstanding, 0, Integer.MAX_VALUE);
    }
}
