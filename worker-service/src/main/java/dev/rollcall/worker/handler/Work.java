package dev.rollcall.worker.handler;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt at a task, as its handler sees it.
///
/// @param attempt rises with every attempt, so `(task, attempt)` names this one
/// @param queue a provider's id or a handler's type
/// @param batch the batch the task belongs to
/// @param kind what sort of batch that is; it decides which of the following are there
/// @param template of a batch of rows, see [dev.rollcall.ledger.Template]
/// @param columns of a batch of rows: the names of its cells
/// @param cells of a row, in the order of the columns
/// @param body a prompt's text, or a job's payload as JSON
public record Work(
        long task,
        LocalDate day,
        int attempt,
        String queue,
        long batch,
        Kind kind,
        String organization,
        @Nullable String template,
        @Nullable List<String> columns,
        @Nullable List<String> cells,
        @Nullable String body) {

    /// The sorts of batches, in the ledger's words but upper case.
    public enum Kind {
        NIGHTLY,
        ROWS,
        JOBS
    }
}
