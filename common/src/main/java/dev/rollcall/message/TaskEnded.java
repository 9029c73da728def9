package dev.rollcall.message;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// "This claim of a task is over."
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
        @Nullable Integer millis)
        implements Event {
    public static final String TYPE = "dev.rollcall.task.ended.v1";

    public TaskEnded {
        Objects.requireNonNull(day);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(state);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return Long.toString(task);
    }
}
