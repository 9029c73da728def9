package dev.rollcall.trigger.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job to be appended.
///
/// @param queue a provider's id, or the type of a handler
/// @param payload JSON
/// @param priority higher goes first
/// @param maxAttempts the budget
/// @param notBefore when it is due; null for now
public record NewJob(
        String queue,
        String payload,
        int priority,
        int maxAttempts,
        @Nullable Instant notBefore) {
    boolean isDueAtOnce() {
        return notBefore == null;
    }

    int payloadBytes() {
        return payload.getBytes(UTF_8).length;
    }
}
