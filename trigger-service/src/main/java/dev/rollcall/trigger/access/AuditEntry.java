package dev.rollcall.trigger.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who did what.
///
/// @param who a key's id, `operator` or `scheduler`
/// @param what such as `key.create`
/// @param organization null for all of them
/// @param target the id of what it was done to
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        String id,
        Instant at,
        String who,
        String what,
        @Nullable String organization,
        @Nullable String target,
        String result) {}
