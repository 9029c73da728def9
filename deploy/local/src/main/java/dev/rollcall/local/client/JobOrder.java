package dev.rollcall.local.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job to be done. What is null is left to the service.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobOrder(
        String type,
        JsonNode payload,
        @Nullable Integer priority,
        @Nullable Integer maxRetries,
        @Nullable Instant notBefore,
        @Nullable String idempotencyKey,
        @Nullable String webhook) {}
