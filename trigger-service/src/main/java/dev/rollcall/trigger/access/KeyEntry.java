package dev.rollcall.trigger.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a key. Its secret is not.
///
/// @param createdBy the id of the key it was made with, or `operator`
/// @param expiresAt null for never
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyEntry(
        String keyId,
        String organization,
        String name,
        List<String> scopes,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {}
