package dev.rollcall.worker.progress;

import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.handler.Text;
import org.jspecify.annotations.Nullable;

/// The latest word of a run.
///
/// @param begun when the run began, by [System#nanoTime]
record Report(
        Claimed claimed, long begun, int percent, @Nullable String note) {
    private static final int DONE = 100;

    Report {
        percent = Math.clamp(percent, 0, DONE);
        note = note == null ? null : Text.PLAIN.detail(note);
    }
}
