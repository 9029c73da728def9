package dev.rollcall.trigger.run;

import dev.rollcall.trigger.pace.Pace;
import dev.rollcall.trigger.run.View.OrganizationRow;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far one organization of a run is; the fields are those of [RunStatus].
///
/// @param name as it was when the run opened
public record OrganizationStatus(
        String id,
        String name,
        Status status,
        long total,
        long pending,
        long processing,
        long completed,
        long failed,
        long cancelled,
        long remaining,
        BigDecimal percent,
        @Nullable Instant lastHeartbeat,
        @Nullable Instant eta) {

    static OrganizationStatus of(OrganizationRow row, Pace pace, Instant now) {
        Counts counts = row.progress().counts();
        return new OrganizationStatus(
                row.id(),
                row.name(),
                counts.status(),
                counts.total(),
                counts.pending(),
                counts.processing(),
                counts.completed(),
                counts.failed(),
                counts.cancelled(),
                counts.remaining(),
                counts.percent(),
                row.progress().seenAt(),
                pace.eta(now, counts.remaining()));
    }
}
