package dev.rollcall.trigger.batch;

import dev.rollcall.ledger.Storable;
import jakarta.ws.rs.BadRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// A point in time, as a caller writes it.
final class Moment {
    private Moment() {}

    /// @param name the parameter's name, for the complaint
    /// @throws BadRequestException (400) for anything but an instant or a time with an offset, in [Storable#YEARS]
    static @Nullable Instant read(String name, @Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        Instant time;
        try {
            time = OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            throw new BadRequestException(name + " must be a time such as 2026-11-21T08:00:00Z", e);
        }
        if (!Storable.isTime(time)) {
            throw new BadRequestException("%s must be %s".formatted(name, Storable.YEARS));
        }
        return time;
    }
}
