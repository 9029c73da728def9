package dev.rollcall.trigger.hint;

import dev.rollcall.ledger.TaskId;
import java.util.HashMap;
import java.util.Map;

/// What went by the [FastPath] and may still be found in the side table of retries, at one moment.
public final class Transit {
    private final Map<Long, String> queues;
    private final Map<Long, Integer> byLane = new HashMap<>();
    private final Map<String, Integer> byQueue = new HashMap<>();

    /// @param queues the tasks, each with its queue
    public Transit(Map<Long, String> queues) {
        this.queues = Map.copyOf(queues);
        queues.forEach((task, queue) -> {
            byLane.merge(TaskId.laneOf(task), 1, Integer::sum);
            byQueue.merge(queue, 1, Integer::sum);
        });
    }

    public boolean has(long task) {
        return queues.containsKey(task);
    }

    public int onLane(long lane) {
        return byLane.getOrDefault(lane, 0);
    }

    public int inQueue(String queue) {
        return byQueue.getOrDefault(queue, 0);
    }
}
