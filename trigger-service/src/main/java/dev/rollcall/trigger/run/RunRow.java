package dev.rollcall.trigger.run;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a run is called and when it was open.
record RunRow(
        long id,
        String key,
        LocalDate day,
        String zone,
        Instant openedAt,
        @Nullable Instant closedAt) {}
