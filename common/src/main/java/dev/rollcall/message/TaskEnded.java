package dev.rollcall.message;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// "This claim of a task is over." Told on the topic together with others: [TasksEnded].
///
/// @param state the task's state in the ledger's words; `pending` when it will be tried again
/// @param attempt which claim ended
/// @param reason why it did not succeed, a short code
/// @param millis how long the work took, from claim to end; null when nobody can tell
public record TaskEnded(
        long task,
        LocalDate day,
        String provider,
        int attempt,
        String state,
        @Nullable String reason,
        @Nullable Integer millis) {
    public TaskEnded {
        Objects.requireNonNull(day);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(state);
    }
}
