package dev.rollcall.trigger.change;

import dev.rollcall.ledger.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Tasks with ids side by side: `from` included, `to` not.
public record TaskRange(long from, long to) {
    public TaskRange {
        if (from > to) {
            throw new IllegalArgumentException("a range from %d to %d".formatted(from, to));
        }
    }

    /// All tasks of a lane.
    public static TaskRange ofLane(long lane, int size) {
        long first = TaskId.of(lane, 0).value();
        return new TaskRange(first, first + size);
    }

    /// These tasks and no others, in as few ranges as can be.
    public static List<TaskRange> covering(Collection<Long> tasks) {
        List<TaskRange> ranges = new ArrayList<>();
        for (long task : tasks.stream().sorted().distinct().toList()) {
            if (!ranges.isEmpty() && ranges.getLast().to() == task) {
                ranges.add(new TaskRange(ranges.removeLast().from(), task + 1));
            } else {
                ranges.add(new TaskRange(task, task + 1));
            }
        }
        return ranges;
    }

    /// Cuts ranges into portions of at most `most` tasks.
    static List<List<TaskRange>> portions(List<TaskRange> ranges, int most) {
        List<List<TaskRange>> portions = new ArrayList<>();
        List<TaskRange> portion = new ArrayList<>();
        long room = most;
        for (TaskRange range : ranges) {
            for (long from = range.from(); from < range.to(); ) {
                TaskRange piece = new TaskRange(from, Math.min(range.to(), from + room));
                portion.add(piece);
                room -= piece.to() - from;
                from = piece.to();
                if (room == 0) {
                    portions.add(List.copyOf(portion));
                    portion.clear();
                    room = most;
                }
            }
        }
        if (!portion.isEmpty()) {
            portions.add(List.copyOf(portion));
        }
        return portions;
    }

    static List<Long> froms(List<TaskRange> ranges) {
        return ranges.stream().map(TaskRange::from).toList();
    }

    static List<Long> tos(List<TaskRange> ranges) {
        return ranges.stream().map(TaskRange::to).toList();
    }
}
