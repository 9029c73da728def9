package dev.rollcall.trigger.queue;

import jakarta.ws.rs.BadRequestException;
import org.jspecify.annotations.Nullable;

/// The rate a queue is to keep from now on; what is absent is no longer held.
///
/// @param perTick tasks in a tick, 1 to 1,000,000
/// @param tickMs the tick's length in milliseconds, a minute when absent, an hour at most
/// @param delayMs between one task and the next, an hour at most
/// @param concurrency tasks at one time, for queues that are no provider; what is absent stays
public record RateRequest(
        @Nullable Integer perTick,
        @Nullable Integer tickMs,
        @Nullable Integer delayMs,
        @Nullable Integer concurrency) {
    private static final int HOUR = 3_600_000;
    private static final int MINUTE = 60_000;
    private static final int MOST = 1_000_000;
    private static final int MOST_AT_ONCE = 10_000;

    /// @return the request, with a minute for a tick that has no length
    /// @throws BadRequestException (400) for what makes no sense
    RateRequest checked() {
        within("perTick", perTick, 1, MOST);
        within("tickMs", tickMs, 1, HOUR);
        within("delayMs", delayMs, 0, HOUR);
        within("concurrency", concurrency, 1, MOST_AT_ONCE);
        if (perTick == null && tickMs != null) {
            throw new BadRequestException("tickMs says how long a tick is; say with perTick how many tasks it holds");
        }
        return perTick != null && tickMs == null ? new RateRequest(perTick, MINUTE, delayMs, concurrency) : this;
    }

    private static void within(String name, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new BadRequestException("%s must be between %d and %d".formatted(name, least, most));
        }
    }
}
