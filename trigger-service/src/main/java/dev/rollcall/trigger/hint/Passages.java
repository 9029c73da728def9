package dev.rollcall.trigger.hint;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Which jobs went by the [FastPath], and how far they are. Times are nanoseconds of a monotonic clock.
final class Passages {
    /// Nobody is told when a commit is in doubt or a connection breaks. What is not written by then was not, or is the
    /// dispatcher's.
    static final Duration WRITTEN_WITHIN = Duration.ofSeconds(2);
    /// After so long a hint that was neither acknowledged nor refused is the dispatcher's to send again.
    static final Duration LOST_AFTER = Duration.ofSeconds(30);
    /// News of a job may be heard so much later than it was dropped.
    static final Duration REMEMBERED = Duration.ofSeconds(2);

    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Long, Passage> passages = new HashMap<>();
    private final Map<Long, Long> droppedAt = new HashMap<>();

    private enum Stage {
        /// Its transaction is under way.
        ENTERED,
        /// It is committed, its hint is on the way to the broker.
        WRITTEN,
        /// The broker has its hint; it still waits in the side table of retries.
        ARRIVED
    }

    private record Passage(String queue, Instant dueAt, Stage stage, long since) {
        private Passage at(Stage next, long now) {
            return new Passage(queue, dueAt, next, now);
        }

        private boolean isOver(long now) {
            return switch (stage) {
                case ENTERED -> now - since > WRITTEN_WITHIN.toNanos();
                case WRITTEN -> now - since > LOST_AFTER.toNanos();
                case ARRIVED -> false;
            };
        }
    }

    synchronized void open(Map<String, Integer> free) {
        places.clear();
        places.putAll(free);
    }

    synchronized void clear() {
        places.clear();
        passages.clear();
        droppedAt.clear();
    }

    /// Who is refused goes to the dispatcher, and whoever comes to that queue after him, too.
    ///
    /// @param dueAt since when they are due, as it is written
    /// @return how many places there were; 0 when there were not enough for all of them, and none has entered
    synchronized int enter(String queue, Collection<Long> tasks, Instant dueAt, long now) {
        int free = places.getOrDefault(queue, 0);
        if (free < tasks.size()) {
            places.remove(queue);
            return 0;
        }
        places.put(queue, free - tasks.size());
        tasks.forEach(task -> passages.put(task, new Passage(queue, dueAt, Stage.ENTERED, now)));
        return free;
    }

    /// They are committed.
    ///
    /// @return whether they are still to be hinted at from here
    synchronized boolean written(Collection<Long> tasks, long now) {
        forget(now);
        boolean all = passages.keySet().containsAll(tasks);
        tasks.forEach(
                task -> passages.computeIfPresent(task, (_, passage) -> all ? passage.at(Stage.WRITTEN, now) : null));
        return all;
    }

    /// They were not written, or their hints were refused.
    synchronized void leave(Collection<Long> tasks) {
        tasks.forEach(passages::remove);
    }

    /// The broker has their hints.
    synchronized void arrive(Collection<Long> tasks, long now) {
        tasks.forEach(task -> passages.computeIfPresent(task, (_, passage) -> passage.at(Stage.ARRIVED, now)));
    }

    /// What the broker has hints of, and since when it was due.
    synchronized Map<Long, Instant> arrived() {
        Map<Long, Instant> arrived = new HashMap<>();
        passages.forEach((task, passage) -> {
            if (passage.stage() == Stage.ARRIVED) {
                arrived.put(task, passage.dueAt());
            }
        });
        return arrived;
    }

    synchronized void dropped(Collection<Long> tasks, long now) {
        droppedAt.values().removeIf(at -> now - at > REMEMBERED.toNanos());
        tasks.forEach(task -> {
            passages.remove(task);
            droppedAt.put(task, now);
        });
    }

    /// All that may be found in the side table.
    synchronized Transit transit(long now) {
        return transit(now, passage -> true);
    }

    /// What a look that begins now finds in the side table.
    synchronized Transit committed(long now) {
        return transit(now, passage -> passage.stage() != Stage.ENTERED);
    }

    private Transit transit(long now, Predicate<Passage> which) {
        forget(now);
        Map<Long, String> queues = new HashMap<>();
        passages.forEach((task, passage) -> {
            if (which.test(passage)) {
                queues.put(task, passage.queue());
            }
        });
        return new Transit(queues);
    }

    private void forget(long now) {
        passages.values().removeIf(passage -> passage.isOver(now));
    }

    synchronized boolean knows(Collection<Long> tasks) {
        return !tasks.isEmpty()
                && tasks.stream().allMatch(task -> passages.containsKey(task) || droppedAt.containsKey(task));
    }
}
