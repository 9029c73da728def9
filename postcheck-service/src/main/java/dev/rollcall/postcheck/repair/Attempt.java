package dev.rollcall.postcheck.repair;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt to heal a run. The trigger fills what is null here when it has served it.
///
/// @param madeDue tasks that became due again
/// @param skipped tasks that were in flight or due already
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Attempt(
        long id,
        Instant askedAt,
        String askedBy,
        @Nullable Instant doneAt,
        @Nullable Integer madeDue,
        @Nullable Integer skipped) {
    public boolean done() {
        return doneAt != null;
    }
}
