package dev.rollcall.worker.finish;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Aborted;
import dev.rollcall.worker.handler.Outcome.Cancelled;
import dev.rollcall.worker.handler.Outcome.Failed;
import dev.rollcall.worker.handler.Outcome.NotYet;
import dev.rollcall.worker.handler.Outcome.Retry;
import dev.rollcall.worker.handler.Outcome.Succeeded;
import dev.rollcall.worker.provider.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What an outcome makes of its task.
///
/// @param state the task's next state
/// @param outcome the call's own outcome, which may have left hope where the budget leaves none
/// @param reason why it did not succeed, a short code
/// @param detail the same in words
/// @param spared whether the claim costs nothing of the budget
/// @param after how long until it is due again; zero when it is not
record Ending(
        TaskState state,
        String outcome,
        @Nullable String reason,
        @Nullable String detail,
        boolean spared,
        Duration after) {

    /// @param backoff the waits between attempts that count
    static Ending of(Outcome outcome, Claimed claimed, Backoff backoff, RandomGenerator random) {
        return switch (outcome) {
            case Aborted a -> handedBack(a.detail());
            case Cancelled c ->
                new Ending(TaskState.CANCELLED, c.code(), "cancelled", c.detail(), false, Duration.ZERO);
            case Succeeded s -> new Ending(TaskState.SUCCEEDED, s.code(), null, null, false, Duration.ZERO);
            case Failed f -> new Ending(TaskState.FAILED, f.code(), f.reason(), f.detail(), false, Duration.ZERO);
            case NotYet n -> new Ending(TaskState.PENDING, n.code(), n.reason(), n.detail(), true, n.after());
            case Retry r
            when claimed.spent() >= claimed.maxAttempts() ->
                new Ending(TaskState.FAILED, r.code(), r.reason(), r.detail(), false, Duration.ZERO);
            case Retry r ->
                new Ending(
                        TaskState.PENDING,
                        r.code(),
                        r.reason(),
                        r.detail(),
                        false,
                        longer(r.atLeast(), backoff.after(claimed.spent(), random)));
        };
    }

    /// There was no answer yet, and this worker is not to wait for it: whoever takes it may have it at once.
    static Ending handedBack(@Nullable String detail) {
        return new Ending(TaskState.PENDING, "not_yet", "interrupted", detail, true, Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
