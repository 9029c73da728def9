package dev.rollcall.trigger.job;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.message.BatchNews.What;
import jakarta.ws.rs.BadRequestException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody may do to a job.
enum JobAction {
    CANCEL(What.CANCELLED, Set.of(TaskState.PENDING, TaskState.RUNNING)),
    RETRY(What.RETRIED, Set.of(TaskState.FAILED, TaskState.CANCELLED));

    private final What news;
    private final Set<TaskState> changes;

    JobAction(What news, Set<TaskState> changes) {
        this.news = news;
        this.changes = changes;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    What news() {
        return news;
    }

    /// The states it changes.
    Set<TaskState> changes() {
        return changes;
    }

    /// Whether it can be meant for a job in this state: to change it, or because it is so already.
    boolean suits(TaskState state) {
        return changes.contains(state)
                || switch (this) {
                    case CANCEL -> state == TaskState.CANCELLED;
                    case RETRY -> state == TaskState.PENDING || state == TaskState.RUNNING;
                };
    }

    /// @throws BadRequestException (400) naming those there are
    static JobAction of(@Nullable String code) {
        return switch (code) {
            case "cancel" -> CANCEL;
            case "retry" -> RETRY;
            case null, default -> throw new BadRequestException("action must be cancel or retry");
        };
    }
}
