package dev.rollcall.trigger.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Keeps queues within the rates an operator has set: in any time as long as a tick, wherever it begins, no more of a
/// queue's tasks are claimed than a tick holds.
///
/// Hints are not claims: they lie with Kafka while workers are away, and would all be claimed at once when they are
/// back. So hints go out for what may still be claimed, less what is on its way; and what was on its way and is no more
/// has been claimed since the last look. All that is lost with the dispatcher: the next one begins a new tick.
final class Throttle {
    private static final long MILLI = 1_000_000L;

    private final Map<String, Pace> paces = new HashMap<>();

    /// How many tasks of the queue may go out now.
    ///
    /// @param nanos a monotonic time
    int allowed(Room room, long nanos) {
        if (!room.throttled()) {
            paces.remove(room.queue());
            return Integer.MAX_VALUE;
        }
        Pace pace = paces.computeIfAbsent(room.queue(), queue -> new Pace());
        long tick = room.tickMs() == null ? 0 : room.tickMs() * MILLI;
        pace.look(room.onTheirWay(), tick, nanos);
        int ofTick = room.perTick() == null
                ? Integer.MAX_VALUE
                : Math.clamp(room.perTick() - pace.claimed() - room.onTheirWay(), 0, Integer.MAX_VALUE);
        Integer delay = room.delayMs();
        if (delay == null || delay == 0) {
            return ofTick;
        }
        return room.onTheirWay() > 0 || pace.sentWithin(delay * MILLI, nanos) ? 0 : Math.min(1, ofTick);
    }

    /// So many went out.
    void sent(String queue, int tasks, long nanos) {
        Pace pace = paces.get(queue);
        if (pace != null) {
            pace.sent(tasks, nanos);
        }
    }

    private static final class Pace {
        /// What is claimed within a sixty-fourth of a tick is remembered as one, at its end.
        private static final int PARTS = 64;

        private record Claims(long at, long tasks) {}

        private final Deque<Claims> ofTick = new ArrayDeque<>();
        private long claimed;
        private long onTheirWay;
        private boolean sent;
        private long sentAt;

        private void look(long stillOnTheirWay, long tick, long nanos) {
            while (!ofTick.isEmpty() && nanos - ofTick.getFirst().at() >= tick) {
                claimed -= ofTick.removeFirst().tasks();
            }
            long since = onTheirWay - stillOnTheirWay;
            onTheirWay = stillOnTheirWay;
            if (since <= 0 || tick == 0) {
                return;
            }
            long part = Math.max(1, tick / PARTS);
            long at = Math.ceilDiv(nanos, part) * part;
            claimed += since;
            long before = !ofTick.isEmpty() && ofTick.getLast().at() == at
                    ? ofTick.removeLast().tasks()
                    : 0;
            ofTick.addLast(new Claims(at, before + since));
        }

        private long claimed() {
            return claimed;
        }

        private boolean sentWithin(long time, long nanos) {
            return sent && nanos - sentAt < time;
        }

        private void sent(int tasks, long nanos) {
            sent = true;
            sentAt = nanos;
            onTheirWay += tasks;
        }
    }
}
