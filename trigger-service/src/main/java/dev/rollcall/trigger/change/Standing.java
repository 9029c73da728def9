package dev.rollcall.trigger.change;

import dev.rollcall.ledger.TaskState;
import org.jspecify.annotations.Nullable;

/// How a batch stands when somebody wants to change it.
///
/// @param reviving what its tasks in this state are being made: pending
/// @param open tasks that are not final
/// @param failed tasks that failed
/// @param lost tasks that are cancelled
public record Standing(
        boolean cancelled,
        @Nullable TaskState reviving,
        boolean paused,
        boolean closed,
        long open,
        long failed,
        long lost) {

    /// Whether there is nothing left to do, although the batch may not have been closed yet.
    boolean finished() {
        return !cancelled && (closed || open == 0);
    }
}
