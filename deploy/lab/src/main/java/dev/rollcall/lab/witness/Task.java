package dev.rollcall.lab.witness;

import java.util.Set;
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

    /// The states in which nothing is left to do.
    public static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");

    public boolean isFinal() {
        return FINAL.contains(state);
    }

    public boolean succeeded() {
        return state.equals("succeeded");
    }
}
