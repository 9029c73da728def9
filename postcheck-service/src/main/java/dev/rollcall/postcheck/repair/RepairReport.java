package dev.rollcall.postcheck.repair;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the wish to repair, and every healing attempt of this run so far.
///
/// @param asked whether this call asked the trigger for a repair
/// @param done whether the trigger has served it
/// @param madeDue tasks due again; null while nobody served it
/// @param skippedInFlight tasks left alone because they were in flight or due already; null while nobody served it
/// @param note what a reader of these numbers must know
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RepairReport(
        boolean asked,
        boolean done,
        @Nullable Integer madeDue,
        @Nullable Integer skippedInFlight,
        String note,
        List<Attempt> attempts) {
    public RepairReport {
        attempts = List.copyOf(attempts);
    }

    /// Nothing was asked for, and why not.
    public static RepairReport idle(String note, List<Attempt> attempts) {
        return new RepairReport(false, false, null, null, note, attempts);
    }

    static RepairReport of(Attempt attempt, boolean told, List<Attempt> attempts) {
        return new RepairReport(
                true, attempt.done(), attempt.madeDue(), attempt.skipped(), note(attempt, told), attempts);
    }

    private static String note(Attempt attempt, boolean told) {
        if (attempt.done()) {
            return "repair %d is done: what it made due runs again; check once more when it ended"
                    .formatted(attempt.id());
        }
        return told
                ? "repair %d is asked for, but the trigger has not served it yet; it stays asked"
                        .formatted(attempt.id())
                : "repair %d is asked for in the ledger; the broker is away, so the trigger finds it at its next look"
                        .formatted(attempt.id());
    }
}
