package dev.rollcall.worker.handler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of one call, however it ended: the columns of an attempt's row. All text can be stored by
/// PostgreSQL.
///
/// @param startedAt when the call went out; null when it did not (open breaker, no key)
/// @param httpStatus the answer's status; null when no answer came, or none has one
/// @param model the model that says it answered; this and what follows is for prompts only
/// @param tokensIn what the provider counted
/// @param tokensOut what the provider counted
/// @param finishReason `stop`, `length`, `content_filter`, ...; null when the provider did not say
public record Call(
        @Nullable Instant startedAt,
        @Nullable Integer httpStatus,
        @Nullable String model,
        @Nullable Integer tokensIn,
        @Nullable Integer tokensOut,
        @Nullable String finishReason) {
    /// No call went out.
    public static final Call NONE = new Call(null, null, null, null, null, null);

    /// A call of which no more is known.
    public static Call without(Instant startedAt, @Nullable Integer httpStatus) {
        return new Call(startedAt, httpStatus, null, null, null, null);
    }
}
