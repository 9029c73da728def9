package dev.rollcall.ledger;

/// A task's id: the lane (one batch on one provider) in the upper bits, the item within the batch in the lower 24.
/// So a lane's tasks are one range of ids, and neither part needs a column of its own.
///
/// @param value as stored in `task.id`; below 2^53, so it survives JSON readers that know only doubles
public record TaskId(long value) {
    private static final int ITEM_BITS = 24;
    private static final int MAX_ITEM = (1 << ITEM_BITS) - 1;
    private static final long MAX_LANE = (1L << 53 - ITEM_BITS) - 1;

    public TaskId {
        if (value < 0 || value >>> ITEM_BITS > MAX_LANE) {
            throw new IllegalArgumentException("not a task id: " + value);
        }
    }

    /// @throws IllegalArgumentException when the lane or the item does not fit
    public static TaskId of(long lane, int item) {
        if (lane < 0 || lane > MAX_LANE || item < 0 || item > MAX_ITEM) {
            throw new IllegalArgumentException("no task %d of lane %d".formatted(item, lane));
        }
        return new TaskId(lane << ITEM_BITS | item);
    }

    public long lane() {
        return laneOf(value);
    }

    /// The lane of a number that somebody says is a task's.
    public static long laneOf(long value) {
        return value >> ITEM_BITS;
    }

    public int item() {
        return (int) (value & MAX_ITEM);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
