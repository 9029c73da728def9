package dev.rollcall.lab.witness;

import org.jspecify.annotations.Nullable;

/// A task as the ledger has it in the end.
///
/// @param kind `nightly`, `rows` or `jobs`
/// @param reason why it failed or was cancelled
public record Task(
        long id,
        long batch,
        String organization,
        String kind,
        @Nullable String prompt,
        String provider,
        String state,
        int attempt,
        @Nullable String reason) {

    public boolean isFinal() {
        return state.equals("succeeded") || state.equals("failed") || state.equals("cancelled");
    }

    public boolean succeeded() {
        return state.equals("succeeded");
    }
}
