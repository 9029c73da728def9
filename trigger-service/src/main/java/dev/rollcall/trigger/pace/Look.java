package dev.rollcall.trigger.pace;

import java.time.Instant;
import java.util.Map;

/// What one look saw: how much was final then.
///
/// @param parts the same for each part of it, by the part's name; empty for what has no parts
public record Look(Instant at, long done, Map<String, Long> parts) {
    public Look(Instant at, long done) {
        this(at, done, Map.of());
    }

    /// When work began, nothing was final.
    public static Look opening(Instant at) {
        return new Look(at, 0);
    }

    public long done(String part) {
        return parts.getOrDefault(part, 0L);
    }
}
