package dev.rollcall.message;

import java.util.List;

/// "These claims of tasks are over": ends that were written down together, of any days and providers.
///
/// @param ended at least one, at most [#MOST]
public record TasksEnded(List<TaskEnded> ended) implements Event {
    public static final String TYPE = "dev.rollcall.tasks.ended.v1";
    public static final int MOST = Wire.MOST_A_RECORD;

    public TasksEnded {
        if (ended.isEmpty() || ended.size() > MOST) {
            throw new IllegalArgumentException("news of %d ends".formatted(ended.size()));
        }
        ended = List.copyOf(ended);
    }

    /// As few records as hold all of these.
    public static List<TasksEnded> of(List<TaskEnded> ended) {
        return Wire.portions(ended).stream().map(TasksEnded::new).toList();
    }

    @Override
    public String type() {
        return TYPE;
    }

    /// Spreads the news over the partitions; each end names its attempt, so they need no order.
    @Override
    public String key() {
        return Long.toString(ended.getFirst().task());
    }
}
