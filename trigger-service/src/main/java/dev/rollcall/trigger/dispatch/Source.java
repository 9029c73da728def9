package dev.rollcall.trigger.dispatch;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A lane that has something to hint: tasks that are due again, and tasks that were never hinted.
///
/// @param due tasks in the side table of retries whose time has come
/// @param fresh tasks the cursor has not reached
/// @param dispatchedAt when the lane had its last turn
public record Source(
        long lane,
        LocalDate day,
        String provider,
        String organization,
        int priority,
        int next,
        int fresh,
        int due,
        @Nullable Instant dispatchedAt) {

    int waiting() {
        return fresh + due;
    }
}
