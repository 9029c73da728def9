package dev.rollcall.trigger.dispatch;

import java.util.HashMap;
import java.util.Map;

/// How many tasks end per second of late, per provider: the larger of what the last full second and the present one
/// show, so that the window opens at once when work speeds up and narrows a second after it slowed down.
final class Rates {
    private static final long SECOND = 1_000_000_000L;

    private final Map<String, Gauge> gauges = new HashMap<>();

    /// A queue without open work is left as it was: when it is opened again, what had ended before must not
    /// seem to have ended at once.
    ///
    /// @param nanos a monotonic time
    double observe(Room room, long nanos) {
        return room.open()
                ? gauges.computeIfAbsent(room.queue(), _ -> new Gauge(room.ended(), nanos))
                        .observe(room.ended(), nanos)
                : 0;
    }

    private static final class Gauge {
        private long from;
        private long since;
        private double last;

        private Gauge(long from, long since) {
            this.from = from;
            this.since = since;
        }

        /// @param ended tasks that ended so far; a smaller number than before (a batch was closed) starts anew
        private double observe(long ended, long nanos) {
            if (ended < from) {
                from = ended;
                since = nanos;
            }
            long elapsed = nanos - since;
            // a few ends in a moment are no rate
            double present = (ended - from) * (double) SECOND / Math.max(elapsed, SECOND / 4);
            if (elapsed >= SECOND) {
                last = present;
                from = ended;
                since = nanos;
            }
            return Math.max(last, present);
        }
    }
}
