package dev.rollcall.lab.witness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of evidence the ledger keeps of a claim.
///
/// @param late it came when the task was no longer its worker's
/// @param nonce the provider's own, found in the answer
/// @param canary the first canary found in the answer
public record Ending(
        Claim claim,
        long worker,
        boolean late,
        String outcome,
        @Nullable String reason,
        @Nullable String nonce,
        @Nullable String canary,
        Instant claimedAt,
        Instant endedAt) {

    /// Whether it is the result of its task.
    public boolean counts() {
        return outcome.equals("succeeded") && !late;
    }
}
