package dev.rollcall.trigger.dispatch;

import java.util.HashMap;
import java.util.Map;

/// Keeps queues within the rates an operator has set. What it remembers is lost with the dispatcher: the next one
/// begins a new tick.
final class Throttle {
    private static final long MILLI = 1_000_000L;

    private final Map<String, Pace> paces = new HashMap<>();

    /// How many tasks of the queue may go out now.
    ///
    /// @param nanos a monotonic time
    int allowed(Room room, long nanos) {
        Pace pace = paces.computeIfAbsent(room.queue(), queue -> new Pace());
        int ofTick = room.perTick() == null || room.tickMs() == null
                ? Integer.MAX_VALUE
                : pace.leftOfTick(room.perTick(), room.tickMs() * MILLI, nanos);
        Integer delay = room.delayMs();
        if (delay == null || delay == 0) {
            return ofTick;
        }
        return pace.sent && nanos - pace.sentAt < delay * MILLI ? 0 : Math.min(1, ofTick);
    }

    /// So many went out.
    void sent(String queue, int tasks, long nanos) {
        Pace pace = paces.get(queue);
        if (pace != null) {
            pace.sent(tasks, nanos);
        }
    }

    private static final class Pace {
        private boolean sent;
        private boolean ticking;
        private long tickAt;
        private long sentAt;
        private int inTick;

        private int leftOfTick(int perTick, long tick, long nanos) {
            if (!ticking || nanos - tickAt >= tick) {
                ticking = true;
                tickAt = nanos;
                inTick = 0;
            }
            return Math.max(0, perTick - inTick);
        }

        private void sent(int tasks, long nanos) {
            sent = true;
            sentAt = nanos;
            inTick += tasks;
        }
    }
}
