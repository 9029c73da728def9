package dev.rollcall.trigger.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.trigger.pace.Pace;
import dev.rollcall.trigger.run.View.Summary;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a run is. The counts sum to `total`; times are UTC.
///
/// @param id never changes; `key` says the same in words, such as `daily:2026-11-21#2`
/// @param percent the share that is final, never rounded up
/// @param lastHeartbeat the last sign of life of its work
/// @param eta when it is done if the pace of the last minute stays; null when nobody can say
/// @param tasksPerSecond how many became final a second: of late while it runs, over its whole life when it is done
/// @param organizations in the order of their ids; left out in lists
public record RunStatus(
        long id,
        String key,
        LocalDate day,
        String zone,
        Status status,
        Instant openedAt,
        @Nullable Instant closedAt,
        long total,
        long pending,
        long processing,
        long completed,
        long failed,
        long cancelled,
        long remaining,
        BigDecimal percent,
        @Nullable Instant lastHeartbeat,
        @Nullable Instant eta,
        @Nullable BigDecimal tasksPerSecond,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<OrganizationStatus> organizations) {

    static RunStatus of(Summary summary, Pace pace, @Nullable List<OrganizationStatus> organizations) {
        RunRow run = summary.run();
        Counts counts = summary.progress().counts();
        return new RunStatus(
                run.id(),
                run.key(),
                run.day(),
                run.zone(),
                counts.status(),
                run.openedAt(),
                run.closedAt(),
                counts.total(),
                counts.pending(),
                counts.processing(),
                counts.completed(),
                counts.failed(),
                counts.cancelled(),
                counts.remaining(),
                counts.percent(),
                summary.progress().seenAt(),
                pace.eta(summary.now(), counts.remaining()),
                pace.perSecond(),
                organizations);
    }
}
