package dev.rollcall.trigger.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job as callers see it. Lists leave payload and output out.
///
/// @param queue a provider's id, or the type of a handler
/// @param percent how far it says it is; 100 means that it has succeeded
/// @param note what it says of that
/// @param attempts claims so far
/// @param notBefore while it waits: when it is due
/// @param output the answer of the attempt that succeeded
/// @param error why it failed
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(
        String jobId,
        String type,
        String queue,
        String organization,
        String status,
        int percent,
        @Nullable String note,
        int attempts,
        int maxRetries,
        int priority,
        Instant createdAt,
        @Nullable Instant notBefore,
        @Nullable JsonNode payload,
        @Nullable String output,
        @Nullable Error error) {

    /// @param reason a short code
    /// @param detail the same in words
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Error(String reason, @Nullable String detail) {}
}
