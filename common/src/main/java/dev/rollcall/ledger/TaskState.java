package dev.rollcall.ledger;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Where a task is. Drawn in `docs/ledger.md`, enforced by the trigger `task_transition_legal`; a test holds the
/// three together.
public enum TaskState {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /// The states that may come next. A final state may only become pending again, by a retry, a resume or a repair.
    public Set<TaskState> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(RUNNING, FAILED, CANCELLED);
            case RUNNING -> EnumSet.of(PENDING, SUCCEEDED, FAILED, CANCELLED);
            case SUCCEEDED -> EnumSet.noneOf(TaskState.class);
            case FAILED, CANCELLED -> EnumSet.of(PENDING);
        };
    }

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /// The state's name in the ledger, on topics and in answers: lower case.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException for a code that names no state
    public static TaskState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
