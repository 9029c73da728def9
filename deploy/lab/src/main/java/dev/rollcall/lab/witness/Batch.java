package dev.rollcall.lab.witness;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A batch and its counts, as three parties tell them.
///
/// @param rows tasks by state, counted from their rows
/// @param tallies tasks by state, as the ledger keeps them; what waits is not kept
/// @param told tasks by state, as the service tells over HTTP; empty if it was not asked
public record Batch(
        long id,
        String organization,
        String kind,
        @Nullable Long run,
        boolean closed,
        Map<String, Long> rows,
        Map<String, Long> tallies,
        Map<String, Long> told) {}
