package dev.rollcall.trigger.change;

/// How a batch stands when somebody wants to change it.
///
/// @param open tasks that are not final
/// @param failed tasks that failed
public record Standing(boolean cancelled, boolean paused, boolean closed, long open, long failed) {

    /// Whether there is nothing left to do, although the batch may not have been closed yet.
    boolean finished() {
        return !cancelled && (closed || open == 0);
    }
}
