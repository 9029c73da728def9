package dev.rollcall.postcheck.coverage;

import org.jspecify.annotations.Nullable;

/// What the postcheck thinks of a run.
///
/// @param reason why it needs attention, in words; null when it is healthy
public record Verdict(Health health, @Nullable String reason) {
    public Verdict {
        if ((health == Health.HEALTHY) != (reason == null)) {
            throw new IllegalArgumentException("attention needs a reason, and health needs none");
        }
    }

    static Verdict healthy() {
        return new Verdict(Health.HEALTHY, null);
    }

    static Verdict attention(String reason) {
        return new Verdict(Health.NEEDS_ATTENTION, reason);
    }
}
