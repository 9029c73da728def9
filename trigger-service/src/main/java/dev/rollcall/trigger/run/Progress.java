package dev.rollcall.trigger.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How far something is, as the ledger counts it.
///
/// @param seenAt the last sign of life of its work; null before the first
record Progress(Counts counts, @Nullable Instant seenAt) {

    static Progress sum(List<Progress> parts) {
        return new Progress(
                parts.stream().map(Progress::counts).reduce(Counts.NONE, Counts::plus),
                parts.stream()
                        .map(Progress::seenAt)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }
}
