package dev.rollcall.postcheck.coverage;

import java.util.Optional;

/// The frozen set's tasks by state. They always sum to the plan; what has no row in the ledger is counted as absent.
///
/// @param planned frozen prompts x providers
/// @param absent planned tasks without a row; above 0 only in a damaged ledger
public record TaskCounts(
        long planned, long pending, long running, long succeeded, long failed, long cancelled, long absent) {
    public static final TaskCounts NONE = new TaskCounts(0, 0, 0, 0, 0, 0, 0);

    public TaskCounts {
        if (absent < 0 || pending + running + succeeded + failed + cancelled + absent != planned) {
            throw new IllegalArgumentException(
                    "%d pending, %d running, %d succeeded, %d failed, %d cancelled and %d absent are not %d tasks"
                            .formatted(pending, running, succeeded, failed, cancelled, absent, planned));
        }
    }

    /// Whether a repair could make any of them due again: what failed. What was cancelled stays cancelled.
    public boolean repairable() {
        return failed > 0;
    }

    /// Why these counts can't be trusted, if so.
    ///
    /// @param opened how many tasks the run says it was opened with
    public Optional<String> objection(long opened) {
        if (opened != planned) {
            return Optional.of("the run was opened with %d tasks, but its frozen set makes %d: the ledger is damaged"
                    .formatted(opened, planned));
        }
        return absent == 0
                ? Optional.empty()
                : Optional.of("%d planned tasks have no row: the ledger is damaged".formatted(absent));
    }
}
