package dev.rollcall.trigger.job;

import dev.rollcall.ledger.TaskState;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A job as the ledger has it.
///
/// @param notBefore null when it is due, or not waiting
/// @param body null in lists
/// @param answer of the latest attempt
/// @param detail of the latest attempt
public record JobRow(
        long task,
        LocalDate day,
        long batch,
        String organization,
        String queue,
        String type,
        String state,
        @Nullable String reason,
        int attempt,
        int maxAttempts,
        int priority,
        Instant createdAt,
        @Nullable Integer percent,
        @Nullable String note,
        @Nullable Instant notBefore,
        @Nullable String body,
        @Nullable String answer,
        @Nullable String detail) {
    private static final int ALL = 100;

    Job answered() {
        TaskState is = TaskState.of(state);
        boolean succeeded = is == TaskState.SUCCEEDED;
        return new Job(
                Long.toString(task),
                type,
                queue,
                organization,
                JobStatus.of(is).code(),
                succeeded ? ALL : percent == null ? 0 : Math.min(percent, ALL - 1),
                note,
                attempt,
                maxAttempts - 1,
                priority,
                createdAt,
                notBefore,
                body == null ? null : JobJson.parse(body),
                succeeded ? answer : null,
                is == TaskState.FAILED && reason != null ? new Job.Error(reason, detail) : null);
    }
}
