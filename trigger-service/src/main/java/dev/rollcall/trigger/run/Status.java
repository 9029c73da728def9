package dev.rollcall.trigger.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where a run or one of its organizations is.
public enum Status {
    /// Nothing of it has begun.
    PENDING,
    /// Some of it is not final yet.
    PROCESSING,
    /// All of it succeeded.
    COMPLETED,
    /// All of it is final, and some failed.
    FAILED,
    /// All of it is final, nothing failed, and some was cancelled.
    CANCELLED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
