package dev.rollcall.trigger.job;

import static java.util.stream.Collectors.joining;

import dev.rollcall.ledger.TaskState;
import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.Locale;

/// A job's state in the words of callers.
enum JobStatus {
    PENDING(TaskState.PENDING),
    PROCESSING(TaskState.RUNNING),
    COMPLETED(TaskState.SUCCEEDED),
    FAILED(TaskState.FAILED),
    CANCELLED(TaskState.CANCELLED);

    private final TaskState state;

    JobStatus(TaskState state) {
        this.state = state;
    }

    TaskState state() {
        return state;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobStatus of(TaskState state) {
        return Arrays.stream(values())
                .filter(status -> status.state == state)
                .findFirst()
                .orElseThrow();
    }

    /// @throws BadRequestException (400) naming those there are
    static JobStatus of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("status must be one of "
                        + Arrays.stream(values()).map(JobStatus::code).collect(joining(", "))));
    }
}
