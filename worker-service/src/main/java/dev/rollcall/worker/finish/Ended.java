package dev.rollcall.worker.finish;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.message.TaskEnded;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.handler.Call;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A claim that is over: all that is written down of it.
record Ended(
        Claimed claimed,
        Ending ending,
        Call call,
        Instant endedAt,
        @Nullable String output) {
    private static final String NOT_STORABLE = "not_storable";

    /// PostgreSQL will not take it as it is; what can be kept is kept, and the task fails with a reason.
    Ended withoutOutput(String why) {
        Ending failed = new Ending(TaskState.FAILED, "failed", NOT_STORABLE, why, false, Duration.ZERO);
        return new Ended(
                claimed, failed, new Call(call.startedAt(), call.httpStatus(), null, null, null, null), endedAt, null);
    }

    /// Whether it is all there still.
    boolean whole() {
        return !NOT_STORABLE.equals(ending.reason());
    }

    /// It was aborted for a cancellation that has been taken back: it is only handed back.
    Ended resumed() {
        return new Ended(claimed, Ending.handedBack(ending.detail()), call, endedAt, output);
    }

    TaskEnded news() {
        return new TaskEnded(
                claimed.task(),
                claimed.day(),
                claimed.provider(),
                claimed.attempt(),
                ending.state().code(),
                ending.reason(),
                millis());
    }

    private int millis() {
        return Math.clamp(Duration.between(claimed.claimedAt(), endedAt).toMillis(), 0, Integer.MAX_VALUE);
    }
}
