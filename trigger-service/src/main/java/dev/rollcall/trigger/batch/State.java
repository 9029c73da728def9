package dev.rollcall.trigger.batch;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Where a batch is. [Batches] finds it out.
public enum State {
    /// Nothing of it was ever hinted to a worker.
    PENDING,
    /// Some of it is not final yet.
    PROCESSING,
    /// Nothing more of it is hinted; what had been still runs.
    PAUSED,
    /// Cancelled, and something of it still runs.
    CANCELLING,
    CANCELLED,
    /// All of it is final, and something succeeded.
    COMPLETED,
    /// All of it failed.
    FAILED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// JAX-RS reads the query's parameter with this.
    ///
    /// @throws BadRequestException (400) for any other word
    public static State fromString(String given) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(given))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("status must be one of "
                        + Arrays.stream(values()).map(State::code).collect(Collectors.joining(", "))));
    }
}
