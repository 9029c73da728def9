package dev.rollcall.trigger.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One line of the table `scheduler_runs`.
///
/// @param function trigger, reconciler or postcheck
/// @param result what came of it, as the function wrote it
public record HistoryEntry(
        long id,
        String function,
        String runKey,
        String status,
        Instant startedAt,
        @Nullable Instant completedAt,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String result) {}
