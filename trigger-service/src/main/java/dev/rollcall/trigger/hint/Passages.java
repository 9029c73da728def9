package dev.rollcall.trigger.hint;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which jobs went by the [FastPath], and how far they are: their hints on the way to the broker, then with it, then
// they
/// are dropped from the side table of retries. Times are nanoseconds of a monotonic clock.
final class Passages {
    /// After so long a hint that was neither acknowledged nor refused is the dispatcher's to send again.
    static final Duration LOST_AFTER = Duration.ofSeconds(30);
    /// News of a job may be heard so much later than it was dropped.
    static final Duration REMEMBERED = Duration.ofSeconds(2);

    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Long, Passage> passages = new HashMap<>();
    private final Map<Long, Long> droppedAt = new HashMap<>();

    private record Passage(String queue, long since, boolean arrived) {}

    synchronized void open(Map<String, Integer> free) {
        places.clear();
        places.putAll(free);
    }

    /// @return how many places there were; 0 when there were not enough for all of them, and none has entered
    synchronized int enter(String queue, Collection<Long> tasks, long now) {
        int free = places.getOrDefault(queue, 0);
        if (free < tasks.size()) {
            return 0;
        }
        places.put(queue, free - tasks.size());
        tasks.forEach(task -> passages.put(task, new Passage(queue, now, false)));
        return free;
    }

    /// They were not written, or their hints were refused.
    synchronized void leave(Collection<Long> tasks) {
        tasks.forEach(passages::remove);
    }

    /// The broker has their hints.
    synchronized void arrive(Collection<Long> tasks) {
        tasks.forEach(task ->
                passages.computeIfPresent(task, (_, passage) -> new Passage(passage.queue(), passage.since(), true)));
    }

    synchronized List<Long> arrived() {
        return passages.entrySet().stream()
                .filter(passage -> passage.getValue().arrived())
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized void dropped(Collection<Long> tasks, long now) {
        droppedAt.values().removeIf(at -> now - at > REMEMBERED.toNanos());
        tasks.forEach(task -> {
            passages.remove(task);
            droppedAt.put(task, now);
        });
    }

    synchronized Transit transit(long now) {
        passages.values().removeIf(passage -> !passage.arrived() && now - passage.since() > LOST_AFTER.toNanos());
        Map<Long, String> queues = new HashMap<>();
        passages.forEach((task, passage) -> queues.put(task, passage.queue()));
        return new Transit(queues);
    }

    synchronized boolean knows(Collection<Long> tasks) {
        return !tasks.isEmpty()
                && tasks.stream().allMatch(task -> passages.containsKey(task) || droppedAt.containsKey(task));
    }
}
