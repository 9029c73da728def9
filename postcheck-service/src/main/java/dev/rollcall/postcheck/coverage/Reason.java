package dev.rollcall.postcheck.coverage;

import dev.rollcall.ledger.TaskState;
import org.jspecify.annotations.Nullable;

/// Why a prompt is missing on a provider: exactly one of these.
public enum Reason {
    /// planned, and never claimed by a worker
    WAITING,
    /// claimed before, and due again
    RETRYING,
    /// a worker has it now
    IN_FLIGHT,
    /// given up; the task's code says why
    FAILED,
    /// cancelled; the task's code says by what
    CANCELLED,
    /// planned, but the ledger has no row of it: the ledger is damaged
    ABSENT,
    /// no run was opened that could have held it
    NO_RUN;

    /// @param state null when the task has no row
    /// @param attempts claims so far
    /// @throws IllegalArgumentException for a task that succeeded: nothing is missing
    public static Reason of(@Nullable TaskState state, int attempts) {
        return switch (state) {
            case null -> ABSENT;
            case PENDING -> attempts == 0 ? WAITING : RETRYING;
            case RUNNING -> IN_FLIGHT;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case SUCCEEDED -> throw new IllegalArgumentException("a task that succeeded is not missing");
        };
    }
}
