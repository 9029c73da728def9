package dev.rollcall.postcheck.census;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.postcheck.coverage.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One provider on which a prompt is missing, why, and the evidence.
///
/// @param state the task's state in the ledger's words; null without a task
/// @param code the task's own short reason, when it failed or was cancelled, else the last attempt's
/// @param attempts claims so far
/// @param detail the last attempt's error in words, cut at 500 characters
/// @param lastAttemptAt when the last attempt ended
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Gap(
        String provider,
        @Nullable String state,
        Reason reason,
        @Nullable String code,
        int attempts,
        @Nullable Integer httpStatus,
        @Nullable String detail,
        @Nullable Instant lastAttemptAt) {}
