package dev.rollcall.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the trigger-service tells about a job.
public record Job(
        String jobId,
        String type,
        @Nullable String queue,
        @Nullable String organization,
        String status,
        double percent,
        @Nullable String note,
        int attempts,
        int maxRetries,
        int priority,
        Instant createdAt,
        @Nullable Instant notBefore,
        @Nullable JsonNode payload,
        @Nullable JsonNode output,
        @Nullable Error error) {

    public record Error(String reason, @Nullable String detail) {

        public String inWords() {
            return detail == null ? reason : reason + ": " + detail;
        }
    }
}
