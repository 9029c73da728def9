package dev.rollcall.trigger.dispatch;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A lane that has something to hint: tasks that are due again, and tasks that were never hinted.
///
/// @param due tasks in the side table of retries whose time has come
/// @param pressed those of them that somebody asked for by name: neither a pause nor a rate holds them
/// @param fresh tasks the cursor has not reached
/// @param dispatchedAt when the lane had its last turn
/// @param slots hints its batch may have more at one time; null: no bound
/// @param freshSlots hints its batch may have more of tasks that were never hinted; null: no bound
public record Source(
        long lane,
        long batch,
        LocalDate day,
        String provider,
        String organization,
        int priority,
        int next,
        int fresh,
        int due,
        int pressed,
        @Nullable Instant dispatchedAt,
        @Nullable Integer slots,
        @Nullable Integer freshSlots) {

    int waiting() {
        return fresh + due;
    }

    /// The same with less to hint.
    Source limited(int fewerFresh, int fewerDue) {
        return limited(fewerFresh, fewerDue, fewerDue);
    }

    private Source limited(int fewerFresh, int fewerDue, int fewerPressed) {
        return new Source(
                lane,
                batch,
                day,
                provider,
                organization,
                priority,
                next,
                Math.min(fresh, fewerFresh),
                Math.min(due, fewerDue),
                Math.min(pressed, fewerPressed),
                dispatchedAt,
                slots,
                freshSlots);
    }

    /// The same without so many that are hinted by others.
    Source without(int hinted) {
        int left = Math.max(0, due - hinted);
        // which of them are hinted is not known here; what is pressed comes first, so it may be those
        return limited(fresh, left, Math.max(0, pressed - hinted));
    }

    /// What is left of it while its queue is held.
    Source pressedOnly() {
        return limited(0, pressed);
    }
}
